// Choosing units: asks the server for names while one types; arrows, Enter and Escape as in any list of answers.
const WAIT = 150;

function make(tag, className, text) {
  const made = document.createElement(tag);
  if (className) { made.className = className; }
  if (text) { made.textContent = text; }
  return made;
}

class Picker {
  constructor(root) {
    this.root = root;
    this.field = root.querySelector("[role=combobox]");
    this.list = root.querySelector("[role=listbox]");
    this.chosen = root.querySelector(".unit-picked");
    this.said = root.querySelector("[role=status]");
    this.many = "many" in root.dataset;
    this.asked = 0;
    this.active = -1;
    this.list.id = `${this.field.id || root.dataset.name}-answers`;
    this.field.setAttribute("aria-controls", this.list.id);
    this.field.addEventListener("input", () => this.soon());
    this.field.addEventListener("focus", () => { if (this.field.value) { this.soon(); } });
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("blur", () => setTimeout(() => this.close(), 200));
    for (const chip of this.chosen.children) { this.equip(chip); }
    this.refresh();
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(1), WAIT);
  }

  async ask(page) {
    const turn = ++this.asked;
    const words = this.field.value.trim();
    if (!words) { this.close(); return; }
    const address = new URL(this.root.dataset.unitPicker, window.location.href);
    address.searchParams.set("q", words);
    address.searchParams.set("page", page);
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (!answer.ok) { throw new Error(String(answer.status)); }
      const found = await answer.json();
      if (turn === this.asked) { this.show(found, page); }
    } catch {
      if (turn === this.asked) { this.say(this.root.dataset.failed); }
    }
  }

  say(text) {
    this.list.replaceChildren(make("li", "unit-none", text));
    this.open();
    this.said.textContent = text;
  }

  show(found, page) {
    if (page === 1) { this.list.replaceChildren(); this.active = -1; }
    this.list.querySelector("[data-more]")?.remove();
    for (const unit of found.units) {
      const line = make("li", "unit-answer");
      line.setAttribute("role", "option");
      line.setAttribute("aria-selected", "false");
      line.id = `${this.list.id}-${this.list.children.length}`;
      line.dataset.id = unit.id;
      line.dataset.label = unit.name;
      line.append(make("span", "unit-answer-name", unit.name), make("span", "unit-answer-note", unit.note));
      line.addEventListener("mousedown", (event) => { event.preventDefault(); this.take(line); });
      this.list.append(line);
    }
    if (!this.list.children.length) { this.say(this.root.dataset.none); return; }
    if (found.next) {
      const more = make("li", "unit-answer unit-more", this.root.dataset.more);
      more.setAttribute("role", "option");
      more.setAttribute("aria-selected", "false");
      more.id = `${this.list.id}-more`;
      more.dataset.more = found.next;
      more.addEventListener("mousedown", (event) => { event.preventDefault(); this.take(more); });
      this.list.append(more);
    }
    this.open();
    this.move(page === 1 ? 0 : this.active);
    this.said.textContent = String(found.units.length);
  }

  open() { this.list.hidden = false; this.field.setAttribute("aria-expanded", "true"); }

  close() {
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }

  options() { return [...this.list.querySelectorAll("[role=option]")]; }

  move(index) {
    const options = this.options();
    if (!options.length) { return; }
    this.active = (index + options.length) % options.length;
    options.forEach((one, place) => one.setAttribute("aria-selected", String(place === this.active)));
    this.field.setAttribute("aria-activedescendant", options[this.active].id);
    options[this.active].scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (event.key === "Backspace" && !this.field.value && this.chosen.lastElementChild) {
      this.drop(this.chosen.lastElementChild);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) { this.soon(); } else { this.move(this.active + (event.key === "ArrowDown" ? 1 : -1)); }
    } else if (event.key === "Enter") {
      event.preventDefault(); // the form goes by its button
      const line = this.list.hidden ? null : this.options()[this.active];
      if (line) { this.take(line); }
    }
  }

  take(line) {
    if (line.dataset.more) { this.ask(Number(line.dataset.more)); return; }
    const held = [...this.chosen.querySelectorAll("input")];
    if (!this.many) { this.chosen.replaceChildren(); }
    if (!this.many || !held.some((one) => one.value === line.dataset.id)) {
      const chip = make("li", "unit-chip");
      const kept = make("input");
      kept.type = "hidden";
      kept.name = this.root.dataset.name;
      kept.value = line.dataset.id;
      chip.append(make("span", "", line.dataset.label), kept);
      this.chosen.append(chip);
      this.equip(chip);
    }
    this.field.value = "";
    this.close();
    this.refresh();
    this.field.focus();
  }

  equip(chip) {
    const away = make("button", "unit-away", "×");
    away.type = "button";
    away.setAttribute("aria-label", `${this.root.dataset.remove} ${chip.querySelector("span").textContent}`);
    away.addEventListener("click", () => this.drop(chip));
    chip.append(away);
  }

  drop(chip) {
    chip.remove();
    this.refresh();
    this.field.focus();
  }

  refresh() {
    this.root.classList.toggle("unit-picker-full", !this.many && this.chosen.children.length > 0);
    this.root.dispatchEvent(new CustomEvent("pages:changed", { bubbles: true }));
  }
}

function equip() {
  for (const root of document.querySelectorAll("[data-unit-picker]:not([data-equipped])")) {
    root.dataset.equipped = "";
    new Picker(root);
  }
}

equip();
document.addEventListener("htmx:afterSettle", equip);
