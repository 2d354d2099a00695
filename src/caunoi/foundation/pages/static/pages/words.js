// Sentences for the scripts, printed by the page in the reader's language, and small things all scripts need.

/** The sentence `key` with its {placeholders} filled. */
export function words(key, facts = {}) {
  const sentence = document.getElementById("words")?.dataset[key] ?? "";
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? String(facts[name]) : whole));
}

/** An icon of the sprite, as decoration. */
export function icon(name, size = 20) {
  const space = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(space, "svg");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("width", size);
  drawing.setAttribute("height", size);
  drawing.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `${document.querySelector('meta[name="icons"]')?.content}#${name}`);
  drawing.append(use);
  return drawing;
}

/** An element with a class, a text and children. */
export function element(tag, className = "", ...content) {
  const made = document.createElement(tag);
  if (className) { made.className = className; }
  made.append(...content);
  return made;
}

/** A button of the component set. */
export function button(label, look, onClick) {
  const made = element("button", `btn ${look}`, label);
  made.type = "button";
  made.addEventListener("click", onClick);
  return made;
}

/** The time of day as HH:MM. */
export function clock(moment) {
  return `${String(moment.getHours()).padStart(2, "0")}:${String(moment.getMinutes()).padStart(2, "0")}`;
}

/** Whether a key press is typing into a field, so that single-letter keys must not be taken. */
export function isTyping(event) {
  const target = event.target;
  return event.ctrlKey || event.metaKey || event.altKey || event.isComposing
    || (target instanceof Element && (target.isContentEditable || Boolean(target.closest("input, textarea, select, dialog"))));
}

const TONES = { late: "alert-circle", soon: "alert-triangle", done: "circle-check", info: "info-circle", neutral: "info-circle" };

/** Say something in the corner; what is wrong stays until it is closed. */
export function say(text, tone = "info") {
  const body = element("div", "notice-body", element("p", "", text));
  const notice = element("div", `notice tone-${tone}`, icon(TONES[tone] ?? "info-circle"), body);
  const close = element("button", "icon-button", icon("x", 18));
  close.type = "button";
  close.setAttribute("aria-label", words("close"));
  close.addEventListener("click", () => notice.remove());
  notice.append(close);
  document.getElementById("toasts")?.append(notice);
  if (tone !== "late") { setTimeout(() => notice.remove(), 8000); }
}
