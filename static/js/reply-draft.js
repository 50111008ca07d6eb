/* Keeps a reply at the server as it is typed: form[data-reply-draft="address"] with a field `revision`, which grows with every save.
   What the server says stands in [data-reply-said]; a colleague's change in [data-reply-changed], and then nothing is kept by itself any more. */
"use strict";

for (const form of document.querySelectorAll("form[data-reply-draft]")) {
  const AFTER = 3000;
  const said = form.querySelector("[data-reply-said]");
  const changed = form.querySelector("[data-reply-changed]");
  const counter = form.querySelector("[data-reply-count]");
  const place = document.querySelector("[data-presence]");
  const text = form.elements.text;
  let timer = null;
  let kept = text.value;
  let busy = false;
  let over = false;

  const count = () => { if (counter) counter.textContent = counter.dataset.words.replace("%(n)d", [...text.value].length); };

  const keep = async () => {
    if (over || busy || text.value === kept || !text.value.trim()) return;
    busy = true;
    const words = text.value;
    try {
      const answer = await fetch(form.dataset.replyDraft, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
      if (answer.redirected || !answer.headers.get("Content-Type")?.includes("json")) throw new Error("signed out");
      const told = await answer.json();
      said.textContent = told.saved || told.error || "";
      if (told.changed) {
        over = true;
        changed.hidden = false;
        changed.firstElementChild.textContent = told.changed;
      }
      if (told.revision) {
        kept = words;
        form.elements.revision.value = told.revision;
        if (place) { place.dataset.revision = told.revision; place.dataset.status ||= "draft"; }
      }
    } catch {
      said.textContent = form.dataset.offline;
    }
    busy = false;
    if (!over && text.value !== kept) timer = setTimeout(keep, AFTER);
  };

  form.addEventListener("input", () => {
    count();
    clearTimeout(timer);
    timer = setTimeout(keep, AFTER);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
  count();
  // A template was chosen: what is left is to write on.
  if (new URLSearchParams(location.search).has("template")) addEventListener("load", () => setTimeout(() => text.focus()));
}
