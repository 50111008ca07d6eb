/* Counts the characters of a text as it is typed: textarea[data-counter="Characters:"]. Emoji count as one. */
"use strict";

for (const area of document.querySelectorAll("textarea[data-counter]")) {
  const counter = document.createElement("span");
  counter.className = "counter";
  const show = () => { counter.textContent = `${area.dataset.counter} ${[...area.value].length}`; };
  area.addEventListener("input", show);
  area.after(counter);
  show();
}
