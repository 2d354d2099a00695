// A file field says which file was chosen, in the reader's language and not in that of the browser.
document.addEventListener("change", (event) => {
  const field = event.target.closest?.("[data-file-field]");
  if (!field) { return; }
  const place = field.querySelector("[data-file-name]");
  place.dataset.none ??= place.textContent;
  const names = [...event.target.files].map((file) => file.name).join(", ");
  place.textContent = names || place.dataset.none;
  event.target.title = place.textContent;
  field.classList.toggle("file-field-chosen", Boolean(names));
});
