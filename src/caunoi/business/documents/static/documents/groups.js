// Groups of units: one box for all of a kind, and how many of them are chosen.
for (const group of document.querySelectorAll("[data-group]")) {
  const all = group.querySelector("[data-group-all]");
  const boxes = [...group.querySelectorAll("input[name=units]")];
  const count = group.querySelector("[data-group-count]");
  const show = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    count.textContent = `${chosen}/${boxes.length}`;
    all.checked = chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  };
  all.addEventListener("change", () => { for (const box of boxes) { box.checked = all.checked; } show(); });
  group.addEventListener("change", (event) => { if (event.target !== all) { show(); } });
  show();
}
