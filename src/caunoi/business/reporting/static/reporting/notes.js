// Notes that a receiver writes on a report while reading it: arrows go from cell to cell, the form that sends the report
// back counts and lists them. Without this script every note still opens, is written and is sent.

const form = document.getElementById("return-form");
const places = [...document.querySelectorAll("[data-note-here]")];
const element = (tag, className, ...content) => {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...content);
  return made;
};
const noteOf = (place) => place.querySelector("textarea");

function list() {
  const written = places.filter((place) => noteOf(place).value.trim());
  for (const place of places) { place.classList.toggle("note-written", written.includes(place)); }
  for (const count of document.querySelectorAll("[data-note-count]")) { count.textContent = written.length; }
  for (const tally of document.querySelectorAll("[data-note-tally]")) { tally.hidden = !written.length; }
  document.querySelector("[data-note-list]")?.replaceChildren(...written.map((place) => {
    const link = element("a", "", place.dataset.noteHere);
    link.href = `#${place.id}`;
    link.addEventListener("click", () => { place.open = true; noteOf(place).focus(); });
    return element("li", "", link, element("span", "cell-sub", noteOf(place).value.trim()));
  }));
}

/** One stop of the Tab key for each table; arrows move between its cells. */
function rove(table) {
  const rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll(".note-open")]).filter((row) => row.length);
  const all = rows.flat();
  const only = (chosen) => { for (const each of all) { each.tabIndex = each === chosen ? 0 : -1; } };
  only(all[0]);
  table.addEventListener("focusin", (event) => { if (all.includes(event.target)) { only(event.target); } });
  table.addEventListener("keydown", (event) => {
    const move = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    const y = rows.findIndex((row) => row.includes(event.target));
    if (!move || y < 0) { return; }
    const target = rows[y + move[0]]?.[rows[y].indexOf(event.target) + move[1]];
    event.preventDefault();
    target?.focus();
  });
}

if (form && places.length) {
  places.forEach((place, number) => {
    place.id = `note-here-${number}`;
    place.addEventListener("toggle", () => { if (place.open && place.contains(document.activeElement)) { noteOf(place).focus(); } });
    place.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.target !== noteOf(place)) { return; }
      place.open = false;
      place.querySelector("summary").focus();
    });
    noteOf(place).addEventListener("input", () => {
      list();
      // The form stands elsewhere on the page: what is typed here does not bubble to it.
      form.dispatchEvent(new CustomEvent("pages:changed"));
    });
    noteOf(place).addEventListener("change", () => {
      list();
      if (noteOf(place).value.trim() && place !== document.activeElement?.closest("[data-note-here]")) { place.open = true; }
    });
  });
  for (const table of document.querySelectorAll("table:has(.note-open)")) { rove(table); }
  list();
}
