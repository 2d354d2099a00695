// Sums of the entry grid follow while one types; the server works them out again by its own rule.
const GROUPED = /^[1-9]\d{0,2}(\.\d{3})+(,\d+)?$/;
const ENGLISH = /^[1-9]\d{0,2}((,\d{3})+\.\d+|(,\d{3}){2,})$/;
const PLAIN = /^\d+([.,]\d+)?$/;
const printed = new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 6 });

function amountOf(text) {
  const bare = text.normalize("NFC").replace(/\s/g, "").toUpperCase();
  if (["KPS", "-", "\u2013", "\u2014", "KHÔNGPHÁTSINH"].includes(bare)) { return 0; }
  if (ENGLISH.test(bare)) { return Number(bare.replaceAll(",", "")); }
  if (GROUPED.test(bare)) { return Number(bare.replaceAll(".", "").replace(",", ".")); }
  return PLAIN.test(bare) ? Number(bare.replace(",", ".")) : null;
}

function refresh(form) {
  for (const sum of form.querySelectorAll("[data-sum]")) {
    const inputs = sum.dataset.sum.split(" ").map((name) => form.elements.namedItem(name)).filter(Boolean);
    const known = inputs.map((input) => amountOf(input.value)).filter((amount) => amount !== null);
    sum.textContent = known.length ? printed.format(known.reduce((one, other) => one + other, 0)) : "";
  }
}

for (const form of document.querySelectorAll("form:has([data-sum])")) {
  const follow = () => refresh(form);
  form.addEventListener("input", follow);
  form.addEventListener("change", follow);
  form.addEventListener("pages:changed", follow);
}
