/* Keeps a reply at the server as it is typed: form[data-reply-draft="address"] with a field `revision`, which grows with every save.
   What the server says stands in [data-draft-status]; a colleague's change in [data-reply-changed], and then nothing is kept by itself any more.
   While the line is down the browser keeps it (js/kept-text.js, which stands before it). */
"use strict";

for (const form of document.querySelectorAll("form[data-reply-draft]")) {
  const AFTER = 3000;
  const LATER = 10000;
  const said = form.querySelector("[data-draft-status]");
  const out = form.querySelector("[data-draft-signed-out]");
  const changed = form.querySelector("[data-reply-changed]");
  const counter = form.querySelector("[data-reply-count]");
  const place = document.querySelector("[data-presence]");
  const text = form.elements.text;
  let timer = null;
  let kept = text.value;
  let busy = false;
  let over = false;

  // As review/lengths.py counts.
  const count = () => {
    if (!counter) return;
    const { most, counted, free, of, over: tooLong } = counter.dataset;
    const said = text.value.trim();
    const used = counted === "utf16" ? said.length : [...said].length;
    const above = most ? Math.max(0, used - Number(most)) : 0;
    const words = !most ? free : above ? tooLong : of;
    counter.textContent = words.replace("%(used)d", used).replace("%(most)d", most).replace("%(over)d", above);
    counter.classList.toggle("late", above > 0);
  };

  const keep = async () => {
    if (over || busy || text.value === kept || !text.value.trim()) return;
    busy = true;
    clearTimeout(timer);
    const words = text.value;
    const values = typed(form);
    let again = AFTER;
    renewToken(form);
    try {
      const answer = await fetch(form.dataset.replyDraft, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
      const expired = answer.redirected || answer.status === 403;
      if (out) out.hidden = !expired;
      if (expired || !answer.headers.get("Content-Type")?.includes("json")) throw new Error("not kept");
      const told = await answer.json();
      said.textContent = told.saved || told.error || "";
      if (told.changed) {
        over = true;
        changed.hidden = false;
        changed.firstElementChild.textContent = told.changed;
      }
      if (told.revision) {
        kept = words;
        guards.get(form)?.taken(values);
        form.elements.revision.value = told.revision;
        if (place) { place.dataset.revision = told.revision; place.dataset.status ||= "draft"; }
      }
    } catch {
      said.textContent = out && !out.hidden ? "" : said.dataset.offline;
      again = LATER;
    }
    busy = false;
    if (!over && text.value !== kept) timer = setTimeout(keep, again);
  };

  form.addEventListener("input", () => {
    count();
    clearTimeout(timer);
    timer = setTimeout(keep, AFTER);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
  document.addEventListener("visibilitychange", keep);
  addEventListener("online", keep);
  count();
  // A template was chosen: what is left is to write on.
  if (new URLSearchParams(location.search).has("template")) addEventListener("load", () => setTimeout(() => text.focus()));
}
