/* Counts what each account will publish as it is typed: li[data-count="id of its own text"] inside [data-of][data-over][data-free].
   The account's own text, else the common one; characters (an emoji is one) or UTF-16 units, as contentplan/limits.py counts. */
"use strict";

for (const list of document.querySelectorAll(".account-cards[data-of]")) {
  const form = list.closest("form");
  const common = form.elements.text;

  const show = (card) => {
    const own = document.getElementById(card.dataset.count);
    const text = (own.value || common.value).trim();
    const used = card.dataset.counted === "utf16" ? text.length : [...text].length;
    const media = form.querySelector("[name=media]") !== null;
    const most = media ? card.dataset.mostMedia : card.dataset.most;
    const over = most === "" ? 0 : Math.max(0, used - Number(most));
    const words = most === "" ? list.dataset.free : over ? list.dataset.over : list.dataset.of;
    const counter = card.querySelector("[data-counter]");
    counter.textContent = words.replace("%(used)d", used).replace("%(most)d", most).replace("%(over)d", over);
    counter.classList.toggle("over", over > 0);
  };

  const showAll = () => list.querySelectorAll("[data-count]").forEach(show);
  form.addEventListener("input", showAll);
  form.addEventListener("media", showAll);
  showAll();
}
