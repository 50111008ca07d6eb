/* On a narrow screen the matrix shows one week at a time: it opens at the one that runs, beside the frozen names of the bodies. */
"use strict";

for (const table of document.querySelectorAll(".matrix")) {
  const now = table.querySelector("thead .now");
  const box = table.closest(".table-scroll");
  if (now && box.scrollWidth > box.clientWidth) box.scrollLeft = now.offsetLeft - table.querySelector("thead th").offsetWidth;
}
