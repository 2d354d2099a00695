// Lists by keyboard: j and k go down and up, Enter opens.
import { isTyping } from "./words.js";

let current = null;

function move(step) {
  const rows = [...document.querySelectorAll("table[data-rows] > tbody > tr")].filter((row) => row.querySelector("[data-row-link]"));
  if (!rows.length) { return; }
  const at = rows.indexOf(current);
  current?.classList.remove("row-current");
  current = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  current.classList.add("row-current");
  current.querySelector("[data-row-link]").focus({ preventScroll: true });
  current.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (isTyping(event) || event.shiftKey) { return; }
  if (event.key === "j") { move(1); }
  if (event.key === "k") { move(-1); }
});
