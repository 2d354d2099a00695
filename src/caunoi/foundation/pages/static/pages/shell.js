// Navigation on small screens, menus, the keys "/" (search) and "?" (list of keys), and the keys that buttons name.
import { isTyping } from "./words.js";

function setNavigation(open) {
  document.body.classList.toggle("nav-open", open);
  const toggle = document.querySelector("[data-nav-toggle]");
  toggle?.setAttribute("aria-expanded", String(open));
  if (open) { document.querySelector(".sidebar-nav a, .sidebar-nav summary")?.focus(); }
}

function closeMenus(except = null) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (menu !== except) { menu.open = false; }
  }
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-nav-toggle]")) { setNavigation(!document.body.classList.contains("nav-open")); }
  if (event.target.closest("[data-nav-close]")) { setNavigation(false); }
  closeMenus(event.target.closest("details[data-menu]"));
});

/** Press the button that names this key: data-shortcut="a", or "ctrl+enter", which also works while one types. */
function pressNamed(event) {
  const strong = (event.ctrlKey || event.metaKey) && event.key === "Enter";
  if ((isTyping(event) && !strong) || event.repeat) { return; }
  const name = strong ? "ctrl+enter" : event.key.toLowerCase();
  const target = [...document.querySelectorAll("[data-shortcut]")].find((one) => one.dataset.shortcut === name && !one.disabled);
  if (!target || target.closest("dialog:not([open])")) { return; }
  event.preventDefault();
  target.click();
}

document.addEventListener("keydown", (event) => {
  pressNamed(event);
  if (event.key === "?" && !isTyping(event)) { document.getElementById("keys")?.showModal(); }
  if (event.key === "Escape") {
    const open = document.querySelector("details[data-menu][open] > summary");
    closeMenus();
    open?.focus();
    if (document.body.classList.contains("nav-open")) {
      setNavigation(false);
      document.querySelector("[data-nav-toggle]")?.focus();
    }
  }
  if (event.key === "/" && !isTyping(event)) {
    const field = document.querySelector("[data-search-key]");
    if (field) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  }
});

// A menu that would leave the screen on the right opens to the left.
document.addEventListener("toggle", (event) => {
  const body = event.target.matches?.("details[data-menu][open]") && event.target.querySelector(".menu-left");
  if (!body) { return; }
  body.classList.remove("menu-flipped");
  body.classList.toggle("menu-flipped", body.getBoundingClientRect().right > document.documentElement.clientWidth - 8);
}, true);
