/* Questions in a native <dialog>: links with data-dialog open one of the page, buttons with data-confirm make their own.
   Without scripts the link leads to a page with the same question, and the button works at once. */
"use strict";

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog) {
    event.preventDefault();
    dialog.showModal();
  }
  const close = event.target.closest("dialog [data-close]");
  if (close) close.closest("dialog").close();
  const button = event.target.closest("button[data-confirm]");
  if (button && !button.dataset.confirmed) {
    event.preventDefault();
    ask(button);
  }
});

function ask(button) {
  const dialog = document.createElement("dialog");
  const question = Object.assign(document.createElement("p"), { textContent: button.dataset.confirm, className: "strong", id: "question" });
  const row = Object.assign(document.createElement("div"), { className: "form-actions" });
  const yes = Object.assign(document.createElement("button"), { type: "button", className: "button danger", textContent: button.textContent.trim() });
  const no = Object.assign(document.createElement("button"), { type: "button", className: "button quiet", textContent: document.body.dataset.cancel });
  dialog.setAttribute("aria-labelledby", "question");
  yes.addEventListener("click", () => {
    dialog.close();
    button.dataset.confirmed = "yes";
    button.click();
    delete button.dataset.confirmed;
  });
  no.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => { dialog.remove(); button.focus(); });
  row.append(yes, no);
  dialog.append(question, row);
  document.body.append(dialog);
  dialog.showModal();
  no.focus();
}
