// Files are dropped or chosen, listed, taken out again, and sent with progress.
import { element, icon, say, words } from "./words.js";

function inputOf(zone) { return zone.querySelector("input[type=file]"); }

function setFiles(input, files) {
  const carrier = new DataTransfer();
  for (const file of files) { carrier.items.add(file); }
  input.files = carrier.files;
}

function sizeOf(bytes) {
  const [amount, unit] = bytes < 1048576 ? [Math.ceil(bytes / 1024), "KB"] : [bytes / 1048576, "MB"];
  return `${amount.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} ${unit}`;
}

function list(zone) {
  const input = inputOf(zone);
  const place = zone.querySelector("[data-files]");
  place.replaceChildren(...[...input.files].map((file, at) => {
    const remove = element("button", "icon-button", icon("x", 18));
    remove.type = "button";
    remove.setAttribute("aria-label", words("remove", { name: file.name }));
    remove.addEventListener("click", () => {
      setFiles(input, [...input.files].filter((_, other) => other !== at));
      list(zone);
    });
    return element("li", "", icon("file-text"), element("span", "file-name", file.name), element("span", "file-note", sizeOf(file.size)), remove);
  }));
}

function refuseTooBig(zone) {
  const limit = Number(zone.dataset.limit || 0);
  const input = inputOf(zone);
  const big = limit ? [...input.files].filter((file) => file.size > limit) : [];
  for (const file of big) { say(words("tooBig", { name: file.name, limit: zone.dataset.limitWords }), "late"); }
  if (big.length) { setFiles(input, [...input.files].filter((file) => !big.includes(file))); }
}

function take(zone, files) {
  const input = inputOf(zone);
  setFiles(input, input.multiple ? [...input.files, ...files] : [...files].slice(0, 1));
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function show(answer) {
  const next = answer.getResponseHeader("X-Pages-Go");
  if (next) { location.assign(next); return; }
  document.open();
  document.write(answer.responseText);
  document.close();
}

function send(form, sender) {
  const zone = form.querySelector("[data-dropzone]");
  const progress = zone.querySelector("[data-progress]");
  const said = zone.querySelector("[data-progress-words]");
  const request = new XMLHttpRequest();
  const body = new FormData(form, sender ?? undefined);
  progress.hidden = false;
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) { return; }
    const percent = Math.floor((event.loaded / event.total) * 100);
    progress.querySelector("progress").value = percent;
    said.textContent = percent < 100 ? words("upload", { percent }) : words("uploadDone");
  });
  const failed = (text) => {
    progress.hidden = true;
    say(text, "late");
    form.dispatchEvent(new CustomEvent("pages:unlock", { bubbles: true }));
  };
  request.addEventListener("error", () => failed(words("lost")));
  request.addEventListener("load", () => (request.status < 500 ? show(request) : failed(words("failed"))));
  request.open("POST", form.action);
  request.setRequestHeader("X-Pages-Upload", "1");
  request.send(body);
}

for (const zone of document.querySelectorAll("[data-dropzone]")) {
  inputOf(zone).addEventListener("change", () => { refuseTooBig(zone); list(zone); });
  zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("over"); });
  zone.addEventListener("dragleave", (event) => { if (!zone.contains(event.relatedTarget)) { zone.classList.remove("over"); } });
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    take(zone, event.dataTransfer.files);
  });
  list(zone);
}
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-upload]")) { return; }
  event.preventDefault();
  send(event.target, event.submitter);
});
