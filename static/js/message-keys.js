/* The list of messages by keyboard: J and K go from row to row, X ticks, Enter opens, R and M lead to their words. The rest, the layouts and the
   switch are those of plan-keys.js, which stands before it. Also says how many are ticked. */
"use strict";

const rows = [...document.querySelectorAll("[data-row]")];

function step(by) {
  const here = rows.indexOf(document.activeElement.closest("[data-row]"));
  const there = rows[Math.min(Math.max(here + by, 0), rows.length - 1)];
  if (there) there.querySelector("[data-open]").focus();
}

function tick() {
  const row = document.activeElement.closest("[data-row]");
  const box = row && row.querySelector("input[name=chosen]");
  if (!box) return;
  box.checked = !box.checked;
  count();
}

function count() {
  const place = document.querySelector("[data-ticked]");
  const ticked = document.querySelectorAll("input[name=chosen]:checked").length;
  if (place) place.textContent = ticked ? String(ticked) : "";
}

// R and M need words: the first press goes to their field, Enter there does it.
function way(letter) {
  const button = document.querySelector(`[data-way-key="${letter}"]`);
  const field = button && button.closest(".bulk-way").querySelector("input");
  if (!button) return;
  if (field && !field.value.trim()) field.focus(); else button.click();
}

document.querySelectorAll(".bulk-way input").forEach((field) => field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  field.closest(".bulk-way").querySelector("button").click();
}));

const MOVES = { j: () => step(1), k: () => step(-1), x: tick, r: () => way("r"), m: () => way("m") };

document.addEventListener("keydown", (event) => {
  if (!areOn() || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog, [contenteditable]")) return;
  const move = MOVES[letterOf(event)];
  if (!move) return;
  event.preventDefault();
  move();
});
document.addEventListener("change", count);
count();
