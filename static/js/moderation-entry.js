/* The entry form of the moderation journal: keys 1 to 6 choose the ground, 0 and 9 say that it is no criticism or is (Alt with the digit inside a text), Ctrl+Enter saves,
   fields that belong to one ground or measure appear only with it. Without scripts all fields stand there and the server checks. */
"use strict";

const form = document.querySelector("[data-decision]");
const grounds = [...form.querySelectorAll("[name=ground]")];

const LASTING = ["hidden", "restricted", "blocked"]; // may last until a day

function show(name, wanted, required = wanted) {
  form.querySelector(`[data-for=${name}]`).hidden = !wanted;
  form.elements[name].required = required;
}

function arrange() {
  const ground = form.querySelector("[name=ground]:checked");
  const measure = form.querySelector("[name=measure]:checked");
  show("citation", Boolean(ground && "cites" in ground.closest("label").dataset));
  const lasts = Boolean(measure && LASTING.includes(measure.value));
  show("blocked_until", lasts, lasts && measure.value !== "hidden");
}

function isTyping(element) {
  return element.matches("textarea, select, input:not([type=radio], [type=checkbox], [type=file])");
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    form.requestSubmit(form.querySelector(".button.main"));
    return;
  }
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
  const answer = /^(?:Digit|Numpad)([09])$/.exec(event.code);
  const ground = answer ? form.querySelector(`[name=is_criticism][value=${answer[1] === "9" ? "yes" : "no"}]`)
    : digit && grounds[digit[1] - 1];
  if (!ground || event.ctrlKey || event.metaKey || (!event.altKey && isTyping(event.target))) return;
  event.preventDefault();
  ground.checked = true;
  arrange();
  ground.focus();
});

// One press is one record, also on a slow line; the server knows the second one too.
form.addEventListener("submit", (event) => {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => delete form.dataset.sent);

form.addEventListener("change", arrange);
arrange();
