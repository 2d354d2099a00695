// Sharing out the units beneath a divided one: a filter, and one choice for all that it leaves.

/** Text without accents and đ, in small letters, as the server folds it. */
function folded(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
}

function put(text, facts) {
  return text.replace(/\{(\w+)\}/g, (_, name) => facts[name]);
}

class Sharing {
  constructor(form) {
    this.form = form;
    this.find = form.querySelector("#sharing-find");
    this.group = form.querySelector("#sharing-group");
    this.to = form.querySelector("#sharing-to");
    this.said = form.querySelector(".sharing-said");
    this.rows = [...form.querySelectorAll("tr[data-in]")].map((row) => ({
      row, choice: row.querySelector("select"), groups: row.dataset.in.split("|"),
      text: folded([...row.cells].slice(0, -1).map((cell) => cell.textContent).join(" ")),
    }));
    this.find.addEventListener("input", () => this.filter());
    this.find.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); } });
    this.group.addEventListener("change", () => this.filter());
    form.querySelector("[data-give]").addEventListener("click", () => this.give());
    form.addEventListener("change", () => this.sum());
    // a unit that goes where all go by default needs no field: thousands of them would be too many to send
    form.addEventListener("formdata", (event) => {
      for (const { choice } of this.rows) { if (!choice.value) { event.formData.delete(choice.name); } }
    });
    this.filter();
    this.sum();
  }

  shown() { return this.rows.filter(({ row }) => !row.hidden); }

  filter() {
    const wanted = folded(this.find.value.trim()).split(/\s+/);
    for (const { row, text, groups } of this.rows) {
      row.hidden = !wanted.every((word) => text.includes(word)) || (this.group.value !== "" && !groups.includes(this.group.value));
    }
    this.said.textContent = put(this.form.dataset.shown, { shown: this.shown().length, all: this.rows.length });
  }

  give() {
    const shown = this.shown();
    for (const { choice } of shown) { choice.value = this.to.value; }
    this.said.textContent = put(this.form.dataset.given, { count: shown.length });
    this.sum();
  }

  sum() {
    for (const place of this.form.querySelectorAll("[data-sum]")) {
      place.textContent = this.rows.filter(({ choice }) => choice.value === place.dataset.sum).length;
    }
  }
}

for (const form of document.querySelectorAll("[data-sharing]")) { new Sharing(form); }
