/* Ringlista without this script still works; with it, a page helps a little more. */
"use strict";

/* Give it the focus; the page moves only where it could not be seen. */
const goTo = (element) => {
  element.focus({ preventScroll: true });
  const { top, bottom } = element.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) element.scrollIntoView({ block: "nearest" });
};

/* Where something has to be put right, start there; else where what was swapped in wants it. */
const startAtTheFault = () => document.querySelector(".oops")?.focus();
startAtTheFault();
const forget = () => document.querySelectorAll("[data-focus]").forEach((one) => one.removeAttribute("data-focus"));
forget();
document.addEventListener("htmx:after:swap", () => {
  const next = document.querySelector(".oops, [data-focus]");
  if (!next) return;
  forget();
  goTo(next);
  if (next.matches("h1")) scrollTo(0, 0);
});

/* The page one is on stays in view in a menu that is longer than its line, where the browser does not see to it. */
const here = document.querySelector(".top nav [aria-current]");
const after = here ? here.getBoundingClientRect().right - here.parentElement.getBoundingClientRect().right : 0;
if (after > 0) here.parentElement.scrollLeft += after + 40;

/* Print: the button shows itself only where it can do its work. */
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

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
  const form = event.target.form;
  if (form?.matches("[data-keep]")) touched.add(form);
});
document.addEventListener("submit", (event) => touched.delete(event.target));
window.addEventListener("beforeunload", (event) => {
  if ([...touched].some((form) => form.isConnected)) event.preventDefault();
});

/* One press is enough: a second one while the first is on its way is not sent. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.matches("[hx-post]")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    event.stopImmediatePropagation();
  } else form.dataset.sent = "yes";
}, true);
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

/* A question saves itself: a tap with the thumb leads on as well, the arrow keys only choose. */
let tapped = -Infinity;
document.addEventListener("pointerdown", () => { tapped = performance.now(); });
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (!form?.matches("[data-autosave]")) return;
  if (form.matches("[data-one-tap]") && performance.now() - tapped < 1500) form.requestSubmit(form.elements.go);
  else form.dispatchEvent(new Event("autosave"));
});

/* What stands unsaved in the question goes with how the call went. */
document.addEventListener("formdata", (event) => {
  const question = document.getElementById(event.target.dataset.with);
  if (!question) return;
  for (const [name, value] of new FormData(question)) {
    if (name !== "csrf_token") event.formData.append(name, value);
  }
});
document.addEventListener("htmx:config:request", (event) => {
  const { request } = event.detail.ctx;
  request.action = request.submitter?.getAttribute("formaction") ?? request.action;
});

/* No connection: the page stays as it is, and the same is sent once more when one wants. */
let unsent;
const noNet = () => document.getElementById("no-net");
document.addEventListener("htmx:error", (event) => {
  const { sourceElement, request } = event.detail.ctx ?? {};
  if (!noNet() || !sourceElement?.isConnected) return;
  delete sourceElement.dataset.sent;
  unsent = () => (sourceElement.requestSubmit ? sourceElement.requestSubmit(request.submitter) : sourceElement.click());
  noNet().hidden = false;
});
document.addEventListener("htmx:after:request", () => { if (noNet()) noNet().hidden = true; });
document.addEventListener("click", (event) => {
  if (!event.target.closest("#no-net button")) return;
  noNet().hidden = true;
  unsent?.();
});

/* Back from dialling: the page is where it was, and asks how it went. */
let dialled = false;
document.addEventListener("click", (event) => { dialled ||= Boolean(event.target.closest("a[href^='tel:']")); });
document.addEventListener("visibilitychange", () => {
  const how = document.getElementById("how");
  if (document.hidden || !dialled || !how) return;
  dialled = false;
  goTo(how);
});

/* A page that follows an evening looks again by itself, as long as somebody looks at it. */
const LOOK_AGAIN = 15000;
const lookAgain = () => {
  if (document.visibilityState !== "visible") return;
  for (const part of document.querySelectorAll("[data-look]")) part.dispatchEvent(new Event("look"));
};
if (document.querySelector("[data-look]")) {
  setInterval(lookAgain, LOOK_AGAIN);
  document.addEventListener("visibilitychange", lookAgain);
}
