// Navigation on small screens, menus, and the key "/" for the search.
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

document.addEventListener("keydown", (event) => {
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
