// Nothing typed is ever lost: it is kept on this machine until it has been sent; drafts.js keeps it on the server too.
import { follow } from "./drafts.js";
import { button, clock, element, icon, words } from "./words.js";

const WAIT = 800;
const reader = document.body.dataset.reader || "nobody";
const SENT = "caunoi:sent";

function keyOf(form) {
  return `caunoi:${reader}:${form.dataset.autosave || location.pathname + (form.id ? `#${form.id}` : "")}`;
}

function fieldsOf(form) {
  return [...form.elements].filter((field) => field.name && field.name !== "csrfmiddlewaretoken" && !field.readOnly
    && !["password", "file", "hidden", "submit", "button", "fieldset"].includes(field.type) && !("noKeep" in field.dataset));
}

function valuesOf(form) {
  return fieldsOf(form).map((field) => {
    if (field.type === "checkbox" || field.type === "radio") { return [field.name, field.value, field.checked]; }
    if (field.type === "select-multiple") { return [field.name, "", [...field.selectedOptions].map((option) => option.value)]; }
    return [field.name, "", field.value];
  });
}

function fill(form, values) {
  for (const [name, choice, value] of values) {
    for (const field of fieldsOf(form).filter((each) => each.name === name)) {
      if (typeof value === "boolean") {
        if (field.value === choice) { field.checked = value; }
      } else if (Array.isArray(value)) {
        for (const option of field.options) { option.selected = value.includes(option.value); }
      } else {
        field.value = value;
      }
      field.dispatchEvent(new Event("change", { bubbles: true }));
      if (field.matches(".cell-input")) { field.dispatchEvent(new Event("input", { bubbles: true })); }
    }
  }
}

const store = {
  read(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
  write(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; } },
  drop(key) { try { localStorage.removeItem(key); } catch { /* nothing kept, nothing to drop */ } },
};

function dropWhatWasSent(formsHere) {
  let sent = null;
  try { sent = sessionStorage.getItem(SENT); sessionStorage.removeItem(SENT); } catch { return; }
  const [start, kept] = (sent ?? "").split("\n");
  if (sent && !formsHere.some((form) => keyOf(form) === start && form.querySelector("[data-errors], .field-wrong"))) { store.drop(kept); }
}

function offerWhatWasKept(form) {
  const key = keyOf(form);
  const kept = store.read(key);
  if (!kept || JSON.stringify(kept.values) === JSON.stringify(valuesOf(form))) { return; }
  const before = valuesOf(form);
  fill(form, kept.values);
  const moment = new Date(kept.at);
  const text = element("p", "", words("restored", { time: `${clock(moment)} ${moment.toLocaleDateString("vi-VN")}` }));
  const notice = element("div", "notice tone-info", icon("history"), element("div", "notice-body", text));
  notice.setAttribute("role", "status");
  notice.append(button(words("discard"), "btn-outline-secondary btn-sm", () => { fill(form, before); store.drop(key); notice.remove(); }));
  form.prepend(notice);
}

function show(form, text) {
  const place = form.querySelector("[data-autosave-state]") ?? document.querySelector(`[data-autosave-state="${form.id}"]`);
  if (place) { place.textContent = text; }
}

function save(form) {
  if (store.write(keyOf(form), { at: Date.now(), values: valuesOf(form) })) { show(form, words("saved", { time: clock(new Date()) })); }
}

const forms = [...document.querySelectorAll("form[data-autosave]")];
dropWhatWasSent(forms);
for (const form of forms) {
  if (form.dataset.autosaveUrl) { follow(form); }
  form.addEventListener("submit", () => {
    try { sessionStorage.setItem(SENT, `${keyOf(form)}\n${form.dataset.kept ?? keyOf(form)}`); } catch { /* then it is offered again: better than lost */ }
  });
  if (form.dataset.autosaveUrl) { continue; }
  offerWhatWasKept(form);
  let timer = 0;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => save(form), WAIT);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", (event) => { if (event.isTrusted) { soon(); } });
  form.addEventListener("pages:changed", soon);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    store.write(keyOf(form), { at: Date.now(), values: valuesOf(form) });
  });
  window.addEventListener("pagehide", () => { if (!("sent" in form.dataset) && store.read(keyOf(form))) { store.write(keyOf(form), { at: Date.now(), values: valuesOf(form) }); } });
}
