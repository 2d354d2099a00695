// The screen locks after idle minutes and asks who is there: by password, passkey or the office's own sign-in, whichever
// the account has. The page beneath, with all that was typed, stays as it is.
import { askKey } from "./passkey.js";

const lock = document.querySelector("[data-lock]");
const form = lock.querySelector("[data-lock-password]");
const password = form.elements.password;
const keyButton = lock.querySelector("[data-lock-key]");
const office = lock.querySelector("[data-lock-office]");
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
  offerWays().catch(() => { /* the password is offered anyway */ });
}

function ask(address) {
  return fetch(address, { headers: { "X-Pages-Lock": "1", "X-Idle": String(idleSeconds()) }, redirect: "manual" });
}

async function offerWays() {
  const answer = await ask(form.action);
  if (!answer.ok) { return; }
  const ways = await answer.json();
  if (ways.key && !window.webauthnJSON) { await library(lock.dataset.keyLibrary); }
  form.hidden = !ways.password;
  keyButton.hidden = !ways.key;
  office.hidden = !ways.office;
  if (ways.office) {
    office.action = ways.office.address;
    office.querySelector("span").textContent = ways.office.words;
  }
  if (!ways.password) { (ways.key ? keyButton : office.querySelector("button")).focus(); }
}

function library(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
    script.src = address;
    document.head.append(script);
  });
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
  if (lock.contains(event.target) || (!lock.open && Date.now() - lastWork() < limit)) { return; }
  event.preventDefault();
  event.stopImmediatePropagation();
  lockNow();
}, true);
document.addEventListener("htmx:configRequest", (event) => { event.detail.headers["X-Idle"] = String(idleSeconds()); });
document.addEventListener("accounts:locked", show);

lock.addEventListener("cancel", (event) => event.preventDefault());
form.addEventListener("submit", (event) => {
  event.preventDefault();
  prove(new FormData(form));
});
office.addEventListener("submit", () => { office.elements.csrfmiddlewaretoken.value = cookie("csrftoken") || office.elements.csrfmiddlewaretoken.value; });
keyButton.addEventListener("click", async () => {
  error.textContent = "";
  try {
    const body = new FormData();
    const asked = await ask(`${form.action}?key=1`);
    body.set("credential", await askKey((await asked.json()).key));
    await prove(body);
  } catch {
    error.textContent = lock.dataset.keyFailed;
  }
});

async function prove(body) {
  error.textContent = "";
  try {
    const answer = await post(form.action, body);
    if (answer.status === 204) { open(); tabs?.postMessage("open"); return; }
    if (answer.type === "opaqueredirect") { location.assign(lock.dataset.signIn); return; }
    error.textContent = answer.status === 422 ? (await answer.json()).text : lock.dataset.lost;
  } catch {
    error.textContent = lock.dataset.lost;
  }
  password.value = "";
  if (!form.hidden) { password.focus(); }
}
if (tabs) { tabs.onmessage = (message) => (message.data === "open" ? open() : show()); }
