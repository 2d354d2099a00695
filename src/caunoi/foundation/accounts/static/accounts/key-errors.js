// What went wrong between the browser and a passkey is said on the page, not only to the console.
const words = document.currentScript.dataset.words;
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const place = document.querySelector("[data-key-error]") ?? document.createElement("p");
  place.className = "field-error";
  place.dataset.keyError = "";
  place.setAttribute("role", "alert");
  document.getElementById("main").append(place);
  place.textContent = words;
});
