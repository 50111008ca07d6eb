/* «Проверить» without leaving the form: button[data-check] asks its address and puts the answer into [data-check-answer].
   Where that does not work the button sends the form, and the page comes back with the same answer. */
"use strict";

for (const button of document.querySelectorAll("[data-check]")) {
  button.addEventListener("click", async (event) => {
    const form = button.form;
    const place = form.querySelector("[data-check-answer]");
    event.preventDefault();
    button.setAttribute("aria-busy", "true");
    try {
      const data = new FormData(form);
      data.delete("files");
      const answer = await fetch(button.formAction, { method: "POST", body: data, redirect: "error", headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok) throw new Error(answer.statusText);
      place.innerHTML = await answer.text();
      const found = place.firstElementChild;
      found.focus({ preventScroll: true });
      found.scrollIntoView({ block: "nearest" });
    } catch {
      form.requestSubmit(button);
    } finally {
      button.removeAttribute("aria-busy");
    }
  });
}
