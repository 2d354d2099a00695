// Forms are sent once; what has consequences is asked first; refusals of part-page requests are said in the corner.
import { button, element, say, words } from "./words.js";

function ask(asker) {
  const dialog = element("dialog", "dialog");
  const title = element("h2", "", asker.dataset.confirmTitle || asker.textContent.trim());
  title.id = "confirm-title";
  dialog.setAttribute("aria-labelledby", title.id);
  const danger = "confirmDanger" in asker.dataset;
  const answered = new Promise((resolve) => {
    const yes = button(asker.textContent.trim(), danger ? "btn-outline-danger" : "btn-primary", () => { resolve(true); dialog.close(); });
    const no = button(words("cancel"), "btn-outline-secondary", () => dialog.close());
    const body = element("div", "dialog-body", element("p", "", asker.dataset.confirm), element("div", "dialog-actions", no, yes));
    dialog.append(element("div", "dialog-head", title), body);
    dialog.addEventListener("close", () => { resolve(false); dialog.remove(); });
    document.body.append(dialog);
    dialog.showModal();
    (danger ? no : yes).focus();
  });
  return answered;
}

function lock(form, sender) {
  form.dataset.sent = "";
  if (!sender) { return; }
  sender.setAttribute("aria-busy", "true");
  // Disabling at once would take the button's own name and value out of what is sent.
  setTimeout(() => { sender.disabled = true; }, 0);
}

function unlock(form) {
  delete form.dataset.sent;
  for (const sender of document.querySelectorAll('[aria-busy="true"]')) {
    if (sender.form === form) {
      sender.removeAttribute("aria-busy");
      sender.disabled = false;
    }
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const sender = event.submitter;
  if (sender?.dataset.confirm && !("confirmed" in sender.dataset)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(sender).then((agreed) => {
      if (!agreed) { sender.focus(); return; }
      sender.dataset.confirmed = "";
      form.requestSubmit(sender);
      delete sender.dataset.confirmed;
    });
    return;
  }
  if (form.method !== "post" || "resend" in form.dataset) { return; }
  if ("sent" in form.dataset) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  lock(form, sender);
}, true);

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form");
  if (form) { unlock(form); }
});
document.addEventListener("pages:unlock", (event) => unlock(event.target));
window.addEventListener("pageshow", (event) => {
  if (event.persisted) { document.querySelectorAll("form[data-sent]").forEach(unlock); }
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) { document.getElementById(opener.dataset.opens)?.showModal(); }
  const closer = event.target.closest("[data-closes]");
  if (closer) { closer.closest("dialog")?.close(); }
});

document.addEventListener("pages:say", (event) => say(event.detail.text, event.detail.tone));
document.addEventListener("htmx:sendError", () => say(words("lost"), "late"));
document.addEventListener("htmx:responseError", (event) => {
  const answer = event.detail.xhr;
  if (!answer.getResponseHeader("HX-Trigger")) { say(words("failed"), "late"); }
});

document.querySelector("[data-errors]")?.focus();
