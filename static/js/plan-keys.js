/* Keys of the conveyor: each link, button or summary with data-key="a" answers to its letter, in either keyboard layout.
   They rest while something is typed, and can be switched off (WCAG 2.1.4): the switch is remembered in this browser. */
"use strict";

const RUSSIAN = { ф: "a", к: "r", о: "j", л: "k", у: "e", с: "c", я: "z", ч: "x", в: "d", е: "t", ь: "m", г: "u" };
const SWITCH = "review-keys";

function areOn() {
  try { return localStorage.getItem(SWITCH) !== "off"; } catch { return true; }
}

function show() {
  const on = areOn();
  document.body.classList.toggle("keys-off", !on);
  document.querySelectorAll("[data-keys-switch]").forEach((box) => { box.checked = on; });
  document.querySelectorAll("[data-keys-hint]").forEach((hint) => { hint.hidden = false; });
}

function letterOf(event) {
  if (event.key === "?" || (event.shiftKey && event.code === "Slash")) return "?";
  const letter = event.key.toLowerCase();
  return RUSSIAN[letter] || letter;
}

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-keys-switch]")) return;
  try { localStorage.setItem(SWITCH, event.target.checked ? "on" : "off"); } catch { /* forbidden: the keys stay as they are */ }
  show();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && areOn()) {
    const form = event.target.closest("main form");
    if (form) { event.preventDefault(); form.requestSubmit(form.querySelector("button.main")); }
    return;
  }
  if (!areOn() || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, dialog, [contenteditable]")) return;
  const target = document.querySelector(`[data-key="${CSS.escape(letterOf(event))}"]`);
  if (!target) return;
  event.preventDefault();
  target.click();
  const area = target.matches("summary") && target.parentElement.open && target.parentElement.querySelector("details[open] textarea, textarea, a");
  if (area) area.focus();
});

show();
