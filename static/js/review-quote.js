/* Words selected in the text of a post become the quote of a remark: [data-text] and the form of return.
   Without scripts the words are copied into the field by hand. */
"use strict";

const text = document.querySelector("[data-text]");
const panel = document.getElementById("return");

/* What was selected, without what the author has removed and without words for screen readers. */
function chosenWords() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return "";
  const range = selection.getRangeAt(0);
  if (!text.contains(range.commonAncestorContainer)) return "";
  const copy = range.cloneContents();
  copy.querySelectorAll("del, .visually-hidden, .mark-number").forEach((node) => node.remove());
  return copy.textContent.trim().slice(0, 500);
}

function takeQuote(words) {
  panel.open = true;
  const rows = [...panel.querySelectorAll("[data-remark-row]")];
  const row = rows.find((one) => !one.querySelector("textarea").value && !one.querySelector("[name^=quote_]").value) || rows.at(-1);
  row.open = true;
  const quote = row.querySelector("[name^=quote_]");
  quote.value = words;
  quote.dispatchEvent(new Event("input", { bubbles: true }));
  row.querySelector("textarea").focus();
}

if (text && panel) {
  const offer = Object.assign(document.createElement("button"), { type: "button", className: "button small quote-offer", hidden: true, textContent: panel.dataset.quote });
  document.body.append(offer);
  offer.addEventListener("pointerdown", (event) => event.preventDefault());
  offer.addEventListener("click", () => {
    const words = chosenWords();
    offer.hidden = true;
    if (words) takeQuote(words);
  });
  document.addEventListener("selectionchange", () => {
    const words = chosenWords();
    offer.hidden = !words;
    if (!words) return;
    const box = getSelection().getRangeAt(0).getBoundingClientRect();
    const left = Math.min(box.left + scrollX, scrollX + document.documentElement.clientWidth - offer.offsetWidth - 8);
    offer.style.left = `${Math.max(8, left)}px`;
    offer.style.top = `${box.bottom + scrollY + 6}px`;
  });
}
