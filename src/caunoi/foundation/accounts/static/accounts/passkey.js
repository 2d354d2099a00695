// Asks the browser for a passkey; the library of the sign-in page turns the answer into plain JSON.
export async function askKey(options) {
  return JSON.stringify(await window.webauthnJSON.get(options));
}
