// Runs before the first paint: the reader's choice of light or dark, else that of the machine.
(function () {
  "use strict";
  let chosen = null;
  try { chosen = localStorage.getItem("theme"); } catch { /* storage refused: the machine's choice holds */ }
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const apply = function (theme) {
    document.documentElement.setAttribute("data-bs-theme", theme || (dark.matches ? "dark" : "light"));
  };
  apply(chosen);
  dark.addEventListener("change", function () { if (!chosen) { apply(null); } });
  document.addEventListener("click", function (event) {
    if (!event.target.closest("[data-theme-switch]")) { return; }
    chosen = document.documentElement.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
    try { localStorage.setItem("theme", chosen); } catch { /* holds for this page alone */ }
    apply(chosen);
    document.dispatchEvent(new CustomEvent("pages:theme"));
  });
})();
