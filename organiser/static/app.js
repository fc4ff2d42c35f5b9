/* Ringlista without this script still works; with it, a page helps a little more. */
"use strict";

/* Where something has to be put right, start there. */
const startAtTheFault = () => document.querySelector(".oops")?.focus();
startAtTheFault();
document.addEventListener("htmx:after:swap", startAtTheFault);

/* Copy a link: the button shows itself only where it can do its work. */
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copy);
      field.select();
      await navigator.clipboard.writeText(field.value);
      button.querySelector("span").textContent = button.dataset.done;
    });
  }
}

/* Half-filled in: the browser asks before the words are lost. Forms say so with data-keep. */
const touched = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-keep]");
  if (form) touched.add(form);
});
document.addEventListener("submit", (event) => touched.delete(event.target));
window.addEventListener("beforeunload", (event) => {
  if ([...touched].some((form) => form.isConnected)) event.preventDefault();
});

/* One press is enough: a second one while the first is on its way is not sent. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.matches("[hx-post]")) return;
  if (form.dataset.sent) event.preventDefault();
  else form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
