// The screen locks after idle minutes and asks for the password; the page beneath, with all that was typed, stays as it is.
const lock = document.querySelector("[data-lock]");
const form = lock.querySelector("form");
const password = lock.querySelector("input[type=password]");
const error = lock.querySelector("[role=alert]");
const limit = Number(lock.dataset.idle) * 1000;
const TELL_EVERY = Math.min(60000, limit / 4);
const KEY = "caunoi:active";
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("caunoi-lock") : null;
let told = Date.now();

function lastWork() {
  try { return Math.max(own, Number(localStorage.getItem(KEY)) || 0); } catch { return own; }
}
let own = Date.now();
try { localStorage.setItem(KEY, String(own)); } catch { /* then every tab counts for itself */ }

function idleSeconds() { return Math.max(0, Math.floor((Date.now() - lastWork()) / 1000)); }

function cookie(name) {
  return document.cookie.split("; ").find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
}

function post(address, body = new FormData()) {
  // Another tab may have switched the post, which renews the token: the cookie has the one of now.
  body.set("csrfmiddlewaretoken", cookie("csrftoken") || form.elements.csrfmiddlewaretoken.value);
  return fetch(address, { method: "POST", body, headers: { "X-Idle": String(idleSeconds()), "X-Pages-Lock": "1" }, redirect: "manual" });
}

function show() {
  if (lock.open) { return; }
  for (const open of document.querySelectorAll("dialog[open]")) { if (open !== lock) { open.dataset.beneathLock = ""; } }
  lock.showModal();
  password.value = "";
  password.focus();
}

function lockNow() {
  if (lock.open) { return; }
  show();
  post(lock.dataset.lockUrl).catch(() => { /* the server locks by itself when the time is over */ });
  tabs?.postMessage("locked");
}

function open() {
  own = Date.now();
  told = own;
  try { localStorage.setItem(KEY, String(own)); } catch { /* as above */ }
  error.textContent = "";
  if (lock.open) { lock.close(); }
  window.dispatchEvent(new Event("online")); // what could not be saved meanwhile is saved now
}

function worked() {
  if (lock.open) { return; }
  if (Date.now() - lastWork() >= limit) { lockNow(); return; }
  own = Date.now();
  try { localStorage.setItem(KEY, String(own)); } catch { /* as above */ }
  if (own - told >= TELL_EVERY) {
    told = own;
    post(lock.dataset.aliveUrl).then((answer) => {
      if (answer.status === 401) { show(); }
      if (answer.type === "opaqueredirect") { location.assign(lock.dataset.signIn); }
    }).catch(() => { /* no connection: told again at the next key */ });
  }
}

for (const kind of ["keydown", "pointerdown", "input", "wheel"]) {
  document.addEventListener(kind, worked, { capture: true, passive: true });
}
setInterval(() => { if (Date.now() - lastWork() >= limit) { lockNow(); } }, Math.min(1000, limit / 4));
document.addEventListener("visibilitychange", () => { if (!document.hidden && Date.now() - lastWork() >= limit) { lockNow(); } });

// A form that would leave the page is held back while the screen is locked or should be, before any other script sees it.
window.addEventListener("submit", (event) => {
  if (event.target === form || (!lock.open && Date.now() - lastWork() < limit)) { return; }
  event.preventDefault();
  event.stopImmediatePropagation();
  lockNow();
}, true);
document.addEventListener("htmx:configRequest", (event) => { event.detail.headers["X-Idle"] = String(idleSeconds()); });
document.addEventListener("accounts:locked", show);

lock.addEventListener("cancel", (event) => event.preventDefault());
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  error.textContent = "";
  try {
    const answer = await post(form.action, new FormData(form));
    if (answer.status === 204) { open(); tabs?.postMessage("open"); return; }
    if (answer.type === "opaqueredirect") { location.assign(lock.dataset.signIn); return; }
    error.textContent = answer.status === 422 ? (await answer.json()).text : lock.dataset.lost;
  } catch {
    error.textContent = lock.dataset.lost;
  }
  password.value = "";
  password.focus();
});
if (tabs) { tabs.onmessage = (message) => (message.data === "open" ? open() : show()); }
