// Facts and their places in the original light up together; n and p go through the doubts.
import { isTyping } from "./words.js";

function lightUp(root, id, from) {
  for (const lit of root.querySelectorAll(".lit")) { lit.classList.remove("lit"); }
  const name = CSS.escape(id);
  const places = root.querySelectorAll(`[data-place-id="${name}"]`);
  const facts = root.querySelectorAll(`[data-fact-id="${name}"]`);
  for (const one of [...places, ...facts]) { one.classList.add("lit"); }
  const other = from === "fact" ? places[0] : facts[0];
  other?.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "smooth" });
  return { place: places[0], fact: facts[0] };
}

function onTouch(event) {
  const root = event.target.closest?.("[data-review]");
  if (!root) { return; }
  const fact = event.target.closest("[data-fact-id]");
  const place = event.target.closest("[data-place-id]");
  if (fact) { lightUp(root, fact.dataset.factId, "fact"); }
  if (place) { lightUp(root, place.dataset.placeId, "place"); }
}

function nextDoubt(root, step) {
  const doubts = [...root.querySelectorAll("[data-fact-id][data-doubt]")];
  if (!doubts.length) { return; }
  const at = doubts.findIndex((doubt) => doubt.classList.contains("lit"));
  const next = doubts[at < 0 ? (step > 0 ? 0 : doubts.length - 1) : (at + step + doubts.length) % doubts.length];
  lightUp(root, next.dataset.factId, "fact");
  next.scrollIntoView({ block: "nearest" });
  (next.querySelector("button, a") ?? next).focus({ preventScroll: true });
}

for (const one of document.querySelectorAll("[data-review] [data-fact-id], [data-review] [data-place-id]")) {
  if (!one.matches("a, button, input") && !one.hasAttribute("tabindex") && !one.querySelector("a, button, input, select, textarea")) { one.tabIndex = 0; }
}
document.addEventListener("click", onTouch);
document.addEventListener("focusin", onTouch);
document.addEventListener("keydown", (event) => {
  const root = document.querySelector("[data-review]");
  if (!root) { return; }
  if (event.key === "Enter" && event.target.matches?.("[data-place-id], [data-fact-id]")) {
    const id = event.target.dataset.placeId ?? event.target.dataset.factId;
    const found = lightUp(root, id, "place");
    const field = found.fact?.querySelector("input:not([type=hidden]), textarea, select, button") ?? found.fact;
    event.preventDefault();
    field?.focus();
    return;
  }
  if (isTyping(event)) { return; }
  if (event.key === "n") { nextDoubt(root, 1); }
  if (event.key === "p") { nextDoubt(root, -1); }
});
