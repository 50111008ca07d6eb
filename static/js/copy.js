/* <button type="button" hidden data-copy="text">: appears only where copying works, says so when done. */
"use strict";

if (navigator.clipboard) {
  document.querySelectorAll("button[data-copy]").forEach((button) => {
    button.hidden = false;
    const words = button.textContent;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = document.body.dataset.copied;
      setTimeout(() => { button.textContent = words; }, 2000);
    });
  });
}
