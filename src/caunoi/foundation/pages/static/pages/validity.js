// What a field lacks is said beside it, in the reader's language; the browser would say it in its own, in a bubble.
import { element, words } from "./words.js";

const CHOICES = ["radio", "select-one", "select-multiple"];

function missing(control) {
  if (control.type === "file") { return words("needFile"); }
  if (control.type === "checkbox") { return words("needTick"); }
  return words(CHOICES.includes(control.type) ? "needChoice" : "needText");
}

function sentence(control) {
  const state = control.validity;
  if (state.customError) { return control.validationMessage; }
  if (state.valueMissing) { return missing(control); }
  if (state.badInput) { return words("needNumber"); }
  if (state.typeMismatch && control.type === "email") { return words("needEmail"); }
  if (state.rangeUnderflow) { return words("needMore", { least: control.min }); }
  if (state.rangeOverflow) { return words("needLess", { most: control.max }); }
  if (state.stepMismatch) { return words("needWhole"); }
  if (state.tooShort) { return words("needLonger", { least: control.minLength }); }
  if (state.tooLong) { return words("needShorter", { most: control.maxLength }); }
  return control.title || words("needOther");
}

function place(control) {
  return control.closest(".file-field, .choices, .check-line, .form-check") ?? control;
}

function forget(control) {
  const said = control.validitySaid;
  if (!said) { return; }
  delete control.validitySaid;
  said.remove();
  control.classList.remove("control-wrong");
  control.removeAttribute("aria-invalid");
  const others = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== said.id);
  if (others.length) { control.setAttribute("aria-describedby", others.join(" ")); } else { control.removeAttribute("aria-describedby"); }
}

let made = 0;
function tell(control) {
  forget(control);
  const said = element("div", "field-errors control-said", element("p", "", sentence(control)));
  said.id = `said-${made += 1}`;
  control.validitySaid = said;
  control.classList.add("control-wrong");
  control.setAttribute("aria-invalid", "true");
  control.setAttribute("aria-describedby", `${control.getAttribute("aria-describedby") ?? ""} ${said.id}`.trim());
  place(control).after(said);
}

let first = null;
document.addEventListener("invalid", (event) => {
  const control = event.target;
  event.preventDefault();
  const folded = control.closest("details:not([open])");
  if (folded) { folded.open = true; }
  // Of several buttons for one choice only the first speaks.
  const twins = control.type === "radio" && control.form ? [...control.form.elements].filter((other) => other.name === control.name) : [control];
  if (twins[0] === control) { tell(control); }
  if (first) { return; }
  first = control;
  // All fields of the form are told before the first one gets the focus, so that its sentence is read with it.
  setTimeout(() => { first.focus(); first = null; }, 0);
}, true);

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, (event) => {
    const group = event.target.type === "radio" && event.target.form ? [...event.target.form.elements].filter((other) => other.name === event.target.name) : [event.target];
    group.filter((control) => control.validitySaid && control.validity.valid).forEach(forget);
  });
}
