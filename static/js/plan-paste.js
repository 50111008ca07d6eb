/* <textarea data-paste-table>: a table copied from Word or a browser loses its cells as plain text when they hold several lines.
   The clipboard has it as HTML too: its cells are written with tabs, in quotation marks where they need them, as Excel does. */
"use strict";

const cellText = (cell) => {
  const lines = [...cell.querySelectorAll("p, li")].filter((part) => !part.querySelector("p, li")).map((part) => part.textContent);
  const words = (lines.length ? lines : [cell.textContent]).map((line) => line.replace(/\s+/g, " ").trim()).filter(Boolean);
  return words.join("\n");
};
const quoted = (text) => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

for (const area of document.querySelectorAll("textarea[data-paste-table]")) {
  area.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html");
    if (!html || !/<table/i.test(html)) return;
    const page = new DOMParser().parseFromString(html, "text/html");
    const rows = [...page.querySelectorAll("tr")].filter((row) => !row.querySelector("tr"));
    if (!rows.length) return;
    event.preventDefault();
    const text = rows.map((row) => [...row.cells].map((cell) => quoted(cellText(cell))).join("\t")).join("\n");
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  });
}
