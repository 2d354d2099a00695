// Long lists of choices get a filter that ignores accents, a count and "all shown"; rows of a list are ticked for one action.
import { element, words } from "./words.js";

const LONG = 9;

/** Text without accents and đ, in small letters, as the server folds it. */
export function folded(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();
}

function count(list, said) {
  said.textContent = words("chosen", { count: list.querySelectorAll("input:checked").length });
}

/** A heading of a group goes with the last of its lines. */
function hideEmptyGroups(list) {
  let heading = null;
  for (const one of list.children) {
    if (one.matches(".choices-group")) {
      heading = one;
      heading.hidden = true;
    } else if (heading && !one.hidden) {
      heading.hidden = false;
    }
  }
}

function equip(list) {
  const lines = [...list.querySelectorAll(".check-line")];
  if (lines.length < LONG || "equipped" in list.dataset) { return; }
  list.dataset.equipped = "";
  list.classList.add("choices-long");
  const several = Boolean(list.querySelector("input[type=checkbox]"));
  const filter = element("input", "form-control choices-filter");
  filter.type = "search";
  filter.placeholder = words("filter");
  filter.setAttribute("aria-label", words("filter"));
  filter.dataset.noKeep = "";
  const tools = element("div", "choices-tools", filter);
  filter.addEventListener("input", () => {
    const asked = folded(filter.value.trim());
    for (const line of lines) { line.hidden = asked !== "" && !folded(line.textContent).includes(asked); }
    hideEmptyGroups(list);
  });
  filter.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); } });
  if (several) {
    const said = element("span", "choices-count");
    said.setAttribute("role", "status");
    const all = element("button", "btn btn-sm btn-outline-secondary", words("chooseShown"));
    all.type = "button";
    all.addEventListener("click", () => {
      const boxes = lines.filter((line) => !line.hidden).map((line) => line.querySelector("input"));
      const fill = boxes.some((box) => !box.checked);
      for (const box of boxes) { box.checked = fill; }
      count(list, said);
      list.dispatchEvent(new CustomEvent("pages:changed", { bubbles: true }));
    });
    list.addEventListener("change", () => count(list, said));
    tools.append(all, said);
    count(list, said);
  }
  list.before(tools);
}

function refreshBulk(bar) {
  const boxes = [...document.querySelectorAll(`input[type=checkbox][form="${bar.dataset.bulk}"]`)];
  const ticked = boxes.filter((box) => box.checked).length;
  bar.hidden = ticked === 0;
  bar.querySelector("[data-bulk-count]").textContent = words("chosen", { count: ticked });
  for (const box of boxes) { box.closest("tr")?.classList.toggle("row-ticked", box.checked); }
}

document.querySelectorAll(".choices").forEach(equip);
document.querySelectorAll("[data-bulk]").forEach(refreshBulk);
document.addEventListener("htmx:afterSettle", () => document.querySelectorAll(".choices").forEach(equip));
document.addEventListener("change", (event) => {
  const every = event.target.closest("[data-tick-all]");
  if (every) {
    for (const box of document.querySelectorAll(`input[type=checkbox][form="${every.dataset.tickAll}"]`)) { box.checked = every.checked; }
  }
  document.querySelectorAll("[data-bulk]").forEach(refreshBulk);
});
window.addEventListener("pageshow", () => document.querySelectorAll("[data-bulk]").forEach(refreshBulk));
