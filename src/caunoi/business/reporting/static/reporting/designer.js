/* Lines of the form designer: added, moved and removed with the keyboard or the buttons beside them. */
(function () {
  "use strict";
  function label(line) { return line.querySelector("input:not([type=hidden])"); }
  function changed(list) { list.dispatchEvent(new CustomEvent("lines-changed", { bubbles: true })); }
  function emptied(line) {
    const fresh = line.cloneNode(true);
    fresh.querySelectorAll("input").forEach(function (input) { input.value = ""; });
    fresh.querySelectorAll("select").forEach(function (select) { select.selectedIndex = 0; });
    return fresh;
  }
  function add(list, after) {
    const lines = list.querySelectorAll("[data-line]");
    const fresh = emptied(after || lines[lines.length - 1]);
    if (after) { after.after(fresh); } else { list.append(fresh); }
    label(fresh).focus();
    changed(list);
  }
  function move(line, up) {
    const other = up ? line.previousElementSibling : line.nextElementSibling;
    if (!other) { return; }
    if (up) { other.before(line); } else { other.after(line); }
    changed(line.parentElement);
  }
  function remove(line) {
    const list = line.parentElement;
    const next = line.nextElementSibling || line.previousElementSibling;
    if (!next) { emptyInPlace(line); changed(list); return; }
    line.remove();
    label(next).focus();
    changed(list);
  }
  function emptyInPlace(line) {
    line.querySelectorAll("input").forEach(function (input) { input.value = ""; });
    label(line).focus();
  }
  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-line-up], [data-line-down], [data-line-remove], [data-line-add]");
    if (!button) { return; }
    const line = button.closest("[data-line]");
    if (button.hasAttribute("data-line-add")) { add(button.parentElement.querySelector("[data-lines]")); return; }
    if (button.hasAttribute("data-line-remove")) { remove(line); return; }
    move(line, button.hasAttribute("data-line-up"));
    button.focus();
  });
  document.addEventListener("keydown", function (event) {
    const line = event.target.closest("[data-line]");
    if (!line || event.isComposing) { return; }
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      const held = event.target;
      move(line, event.key === "ArrowUp");
      held.focus();
    } else if (event.key === "Enter" && event.target.matches("input")) {
      event.preventDefault();
      add(line.parentElement, line);
    }
  });
})();
