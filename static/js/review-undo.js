/* The bar that takes a decision back goes away after its seconds: [data-undo="10"]; not while it is pointed at or has the focus. */
"use strict";

for (const bar of document.querySelectorAll("[data-undo]")) {
  bar.classList.add("counts");
  let left = Number(bar.dataset.undo) * 1000;
  const STEP = 250;
  const clock = setInterval(() => {
    if (bar.matches(":hover, :focus-within")) return;
    left -= STEP;
    if (left > 0) return;
    clearInterval(clock);
    bar.remove();
  }, STEP);
}
