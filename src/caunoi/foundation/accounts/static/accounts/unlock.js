// The page of a locked session: the passkey button, and word to other windows once the session is open again.
import { askKey } from "./passkey.js";

const form = document.querySelector("form[data-unlock-key]");
const error = document.querySelector("[data-unlock-error]");

form?.addEventListener("submit", async (event) => {
  if (form.elements.credential.value) { return; }
  event.preventDefault();
  error.textContent = "";
  try {
    form.elements.credential.value = await askKey(JSON.parse(document.getElementById("key-options").textContent));
    form.submit();
  } catch {
    error.textContent = form.dataset.failed;
  }
});

if (document.querySelector("[data-unlocked]") && "BroadcastChannel" in window) {
  new BroadcastChannel("caunoi-lock").postMessage("open");
}
