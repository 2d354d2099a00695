// Entry like in a spreadsheet: arrows, Enter, paste of a range; the state of each cell is shown while one types.
import { say, words } from "./words.js";

const GROUPED = /^-?[1-9]\d{0,2}(\.\d{3})+(,\d+)?$/;
const PLAIN = /^-?\d+([.,]\d+)?$/;
const ENGLISH = /^-?[1-9]\d{0,2}((,\d{3})+\.\d+|(,\d{3}){2,})$/;
const EITHER = /^-?[1-9]\d{0,2},\d{3}$/;
const ZERO = ["-", "\u2013", "\u2014", "KPS", "KHÔNGPHÁTSINH"];
const OUTSIDE = ["KAD", "KHÔNGÁPDỤNG", "N/A"];
const WHOLE = /^(\d+|[1-9]\d{0,2}(\.\d{3})+)$/;

/** The state of what is typed, by the same rule as the server (rules/cells.py). */
export function stateOf(text, whole = false) {
  const bare = text.normalize("NFC").replace(/\s/g, "").replace("\u2212", "-").toUpperCase();
  if (bare === "") { return "missing"; }
  if (ZERO.includes(bare)) { return "zero"; }
  if (OUTSIDE.includes(bare)) { return "not_applicable"; }
  if (whole) { return WHOLE.test(bare) || /^[1-9]\d{0,2}(,\d{3}){2,}$/.test(bare) ? "value" : "wrong"; }
  if (ENGLISH.test(bare)) { return "value"; }
  return GROUPED.test(bare) || PLAIN.test(bare) ? "value" : "wrong";
}

function mark(input) {
  const cell = input.closest("[data-cell]");
  const state = stateOf(input.value, "integer" in input.dataset);
  cell.classList.remove("cell-value", "cell-zero", "cell-missing", "cell-not_applicable", "cell-wrong", "cell-query", "cell-saved");
  cell.classList.add(`cell-${state}`);
  for (const said of cell.querySelectorAll(".cell-error, .cell-question")) { said.remove(); }
  const wrong = state === "wrong";
  if (wrong) { input.setAttribute("aria-invalid", "true"); } else { input.removeAttribute("aria-invalid"); }
  input.setCustomValidity(wrong ? words("integer" in input.dataset ? "cellInteger" : "cellWrong") : "");
  input.title = input.validationMessage;
}

function matrix(grid) {
  return [...grid.tBodies].flatMap((body) => [...body.rows]).map((row) => [...row.querySelectorAll(".cell-input")]).filter((row) => row.length);
}

function placeOf(rows, input) {
  const y = rows.findIndex((row) => row.includes(input));
  return [y, y < 0 ? -1 : rows[y].indexOf(input)];
}

function go(rows, y, x) {
  const target = rows[y]?.[x];
  if (!target) { return false; }
  target.focus();
  target.select();
  target.scrollIntoView({ block: "nearest", inline: "nearest" });
  return true;
}

function atEdge(input, step) {
  const all = input.selectionStart === 0 && input.selectionEnd === input.value.length;
  return all || (step < 0 ? input.selectionEnd === 0 : input.selectionStart === input.value.length);
}

function onKey(grid, event) {
  const input = event.target;
  const rows = matrix(grid);
  const [y, x] = placeOf(rows, input);
  const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [event.shiftKey ? -1 : 1, 0] };
  if (event.key === "ArrowLeft" && atEdge(input, -1)) { moves.ArrowLeft = [0, -1]; }
  if (event.key === "ArrowRight" && atEdge(input, 1)) { moves.ArrowRight = [0, 1]; }
  if (event.key === "Escape") { input.value = input.dataset.before ?? input.value; mark(input); return; }
  const step = moves[event.key];
  if (!step || event.isComposing) { return; }
  event.preventDefault();
  go(rows, y + step[0], x + step[1]);
}

/** A pasted block in the way figures are written here: an English sheet is known by one figure that nothing else can be. */
function here(value, isEnglish, whole) {
  const bare = value.trim();
  const state = stateOf(bare);
  if (state === "zero") { return "KPS"; }
  if (state === "not_applicable") { return "KAD"; }
  if (ENGLISH.test(bare) || (EITHER.test(bare) && (isEnglish || whole))) { return bare.replaceAll(",", "").replace(".", ","); }
  return isEnglish && /^-?\d+\.\d+$/.test(bare) ? bare.replace(".", ",") : bare;
}

function onPaste(grid, event) {
  const text = event.clipboardData.getData("text/plain");
  if (!/[\t\n]/.test(text.trimEnd())) { return; }
  event.preventDefault();
  const rows = matrix(grid);
  const [top, left] = placeOf(rows, event.target);
  const isEnglish = text.split(/[\t\r\n]+/).some((value) => ENGLISH.test(value.trim()));
  let taken = 0;
  let outside = 0;
  text.replace(/\r?\n$/, "").split(/\r?\n/).forEach((line, down) => line.split("\t").forEach((value, across) => {
    const target = rows[top + down]?.[left + across];
    if (!target || target.readOnly) { outside += 1; return; }
    target.value = here(value, isEnglish, "integer" in target.dataset);
    mark(target);
    taken += 1;
  }));
  say(words("pasted", { count: taken }) + (outside ? ` ${words("pasteOver", { count: outside })}` : ""), outside ? "soon" : "done");
  event.target.dispatchEvent(new CustomEvent("pages:changed", { bubbles: true }));
}

document.addEventListener("focusin", (event) => {
  if (!event.target.matches("[data-grid] .cell-input")) { return; }
  event.target.dataset.before = event.target.value;
  event.target.select();
});
document.addEventListener("input", (event) => { if (event.target.matches("[data-grid] .cell-input")) { mark(event.target); } });
document.addEventListener("keydown", (event) => {
  const grid = event.target.closest?.("[data-grid]");
  if (grid && event.target.matches(".cell-input")) { onKey(grid, event); }
});
document.addEventListener("paste", (event) => {
  const grid = event.target.closest?.("[data-grid]");
  if (grid && event.target.matches(".cell-input")) { onPaste(grid, event); }
});
document.addEventListener("pages:saved", (event) => {
  for (const cell of event.target.querySelectorAll("[data-cell].cell-value")) { cell.classList.add("cell-saved"); }
});
