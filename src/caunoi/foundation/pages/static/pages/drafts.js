// A form that several people may have open at once: only what was changed is sent, with what it rests on; what others
// changed meanwhile appears here; where both changed the same place the person chooses. Without a network it waits.
import { button, clock, element, icon, say, words } from "./words.js";

const WAIT = 800;
const PAUSES = [2000, 4000, 8000, 15000, 30000];
const reader = document.body.dataset.reader || "nobody";
const UNTYPED = ["password", "file", "hidden", "submit", "button", "fieldset"];

const store = {
  read(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
  write(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* a full store: the server still gets it */ } },
  drop(key) { try { localStorage.removeItem(key); } catch { /* nothing kept, nothing to drop */ } },
  keys(start) { try { return Object.keys(localStorage).filter((key) => key === start || key.startsWith(`${start}:`)); } catch { return []; } },
};

function cookie(name) {
  return document.cookie.split("; ").find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
}

class Draft {
  constructor(form) {
    this.form = form;
    this.start = `caunoi:${reader}:${form.dataset.autosave}`;
    this.base = { version: form.elements.namedItem("base-version").value, revision: form.elements.namedItem("base-revision").value };
    this.writer = [...crypto.getRandomValues(new Uint8Array(12))].map((one) => one.toString(16).padStart(2, "0")).join("");
    // Each window keeps its own: one that has nothing to keep must not drop what another has.
    this.key = `${this.start}:${this.writer}`;
    form.dataset.kept = this.key;
    this.seen = new Map(this.fields().map((field) => [field.name, field.value]));
    this.disputed = new Map();
    this.unreadable = new Map();
    this.inFlight = new Map();
    this.failures = 0;
    this.timer = 0;
    this.turn = Promise.resolve();
  }

  fields() {
    return [...this.form.elements].filter((field) => field.name && !field.readOnly && !UNTYPED.includes(field.type));
  }

  field(name) { return this.fields().find((field) => field.name === name); }

  changed() {
    return this.fields().filter((field) => field.value !== this.seen.get(field.name) && !this.disputed.has(field.name));
  }

  unsent() { return this.changed().filter((field) => this.unreadable.get(field.name) !== field.value); }

  keep() {
    const open = this.fields().filter((field) => field.value !== this.seen.get(field.name) || this.disputed.has(field.name));
    if (!open.length) { store.drop(this.key); return; }
    const fields = Object.fromEntries(open.map((field) => [field.name, [field.value, this.seen.get(field.name) ?? "", this.inFlight.get(field.name) ?? null]]));
    store.write(this.key, { at: Date.now(), draft: fields });
  }

  restore() {
    const keys = store.keys(this.start);
    const kept = keys.map((key) => store.read(key)).filter((one) => one?.draft).sort((one, other) => one.at - other.at);
    let restored = 0;
    for (const [name, [mine, seen, inFlight]] of Object.entries(Object.assign({}, ...kept.map((one) => one.draft)))) {
      const field = this.field(name);
      if (!field || field.value === mine) { continue; }
      const there = field.value;
      put(field, mine);
      restored += 1;
      if (there !== seen && there !== inFlight) { this.dispute(name, there, ""); }
    }
    keys.forEach(store.drop);
    this.keep();
    if (!restored) { return; }
    const moment = new Date(kept.at(-1).at);
    const text = element("p", "", words("restored", { time: `${clock(moment)} ${moment.toLocaleDateString("vi-VN")}` }));
    const notice = element("div", "notice tone-info", icon("history"), element("div", "notice-body", text));
    notice.setAttribute("role", "status");
    this.form.prepend(notice);
    this.soon();
  }

  soon(pause = WAIT) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.turn = this.turn.then(() => this.save()); }, pause);
  }

  show(text, isWaiting = false) {
    const place = this.form.querySelector("[data-autosave-state]") ?? document.querySelector(`[data-autosave-state="${this.form.id}"]`);
    if (!place) { return; }
    place.textContent = text;
    place.classList.toggle("autosave-waiting", isWaiting);
  }

  parcel(fields) {
    const parcel = new FormData();
    parcel.set("base-version", this.base.version);
    parcel.set("base-revision", this.base.revision);
    parcel.set("base-writer", this.writer);
    for (const field of fields) { parcel.set(field.name, field.value); }
    return parcel;
  }

  async save() {
    const fields = this.unsent();
    if (!fields.length) { this.keep(); return; }
    const sent = new Map(fields.map((field) => [field.name, field.value]));
    for (const [name, value] of sent) { this.inFlight.set(name, value); }
    this.keep();
    this.show(words("saving"));
    let answer;
    try {
      const headers = { "X-Pages-Autosave": "1", "X-CSRFToken": cookie("csrftoken") };
      answer = await fetch(this.form.dataset.autosaveUrl, { method: "POST", body: this.parcel(fields), headers, redirect: "manual" });
      if (answer.status >= 500) { throw new Error(String(answer.status)); }
    } catch {
      this.waits();
      return;
    }
    await this.take(answer, sent);
  }

  waits() {
    this.show(words("waiting"), true);
    this.soon(PAUSES[Math.min(this.failures, PAUSES.length - 1)]);
    this.failures += 1;
  }

  async take(answer, sent) {
    const said = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : null;
    if (!said) { this.show(words("signedOut"), true); return; }
    this.failures = 0;
    if (said.sentence && !said.theirs) { this.show(said.sentence, true); return; }
    if (answer.ok) {
      for (const [name, value] of sent) {
        if (said.unreadable.includes(name)) { this.unreadable.set(name, value); } else { this.seen.set(name, value); }
      }
    }
    this.inFlight.clear();
    this.absorb(said);
    this.keep();
    if (this.unsent().length) { this.soon(0); } else if (this.disputed.size) { this.show(words("clash"), true); } else { this.settled(); }
  }

  settled() {
    const open = this.changed().length;
    this.show(open ? words("kept") : words("saved", { time: clock(new Date()) }), Boolean(open));
    this.form.dispatchEvent(new CustomEvent("pages:saved", { bubbles: true }));
  }

  absorb(said) {
    this.base = { version: said.version, revision: said.revision };
    for (const [name, { value, who }] of Object.entries(said.theirs)) {
      const field = this.field(name);
      if (!field) { continue; }
      if (field.value === value) { this.seen.set(name, value); continue; }
      if (field.value !== this.seen.get(name)) { this.dispute(name, value, who); continue; }
      this.seen.set(name, value);
      put(field, value);
      say(words("byOther", { who, place: field.getAttribute("aria-label") ?? name }), "info");
    }
  }

  dispute(name, theirs, who) {
    const field = this.field(name);
    this.disputed.get(name)?.notice.remove();
    const place = field.getAttribute("aria-label") ?? name;
    const person = who || words("somebody");
    const body = element("div", "notice-body",
      element("p", "notice-title", words("clashAt", { place })),
      element("p", "", words("clashTheirs", { who: person, text: theirs || "…" })),
      element("p", "", words("clashMine", { text: field.value || "…" })));
    const notice = element("div", "notice tone-soon clash", icon("alert-triangle"), body);
    notice.setAttribute("role", "alert");
    const settle = (value) => {
      this.disputed.delete(name);
      notice.remove();
      this.seen.set(name, theirs);
      put(field, value);
      field.focus();
      this.keep();
      this.soon(0);
      if (!this.unsent().length && !this.disputed.size) { this.settled(); }
    };
    const mine = field.value;
    body.append(element("div", "button-row",
      button(words("keepMine"), "btn-outline-secondary btn-sm", () => settle(mine)),
      button(words("takeTheirs", { who: person }), "btn-outline-secondary btn-sm", () => settle(theirs))));
    this.form.prepend(notice);
    this.disputed.set(name, { notice });
    this.show(words("clash"), true);
  }

  stops(event) {
    clearTimeout(this.timer);
    this.keep();
    if (!this.disputed.size && navigator.onLine) { return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    // After the button has been disabled by whoever sends forms once.
    setTimeout(() => this.form.dispatchEvent(new CustomEvent("pages:unlock", { bubbles: true })), 20);
    say(words(this.disputed.size ? "clash" : "waiting"), "late");
    this.form.querySelector(".clash button")?.focus();
    this.soon();
  }

  pack(parcel) {
    const touched = new Set(this.changed().map((field) => field.name));
    for (const field of this.fields()) { if (!touched.has(field.name)) { parcel.delete(field.name); } }
    parcel.set("base-version", this.base.version);
    parcel.set("base-revision", this.base.revision);
    parcel.set("base-writer", this.writer);
  }
}

function put(field, value) {
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Let a form be saved on the server while one types. */
export function follow(form) {
  const draft = new Draft(form);
  draft.restore();
  const soon = () => {
    draft.keep();
    if (draft.unsent().length) { draft.soon(); }
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("pages:changed", soon);
  form.addEventListener("submit", (event) => draft.stops(event));
  form.addEventListener("formdata", (event) => draft.pack(event.formData));
  window.addEventListener("pagehide", () => { if (!("sent" in form.dataset)) { draft.keep(); } });
  window.addEventListener("online", () => { draft.failures = 0; draft.soon(0); });
  // Back from signing in again in another window, or from wherever: what waits is tried once more.
  window.addEventListener("focus", () => { if (draft.unsent().length) { draft.soon(0); } });
  window.addEventListener("offline", () => draft.show(words("waiting"), true));
}
