/* Keys of the conveyor: each link, button or summary with data-key="a" answers to its letter, in either keyboard layout. */
"use strict";

const RUSSIAN = { ф: "a", к: "r", о: "j", л: "k", у: "e" };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest("input, textarea, select, dialog, [contenteditable]")) return;
  const letter = event.key.toLowerCase();
  const target = document.querySelector(`[data-key="${CSS.escape(RUSSIAN[letter] || letter)}"]`);
  if (!target) return;
  event.preventDefault();
  target.click();
  const area = target.parentElement.querySelector("details[open] textarea, textarea");
  if (target.matches("summary") && target.parentElement.open && area) area.focus();
});
