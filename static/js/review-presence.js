/* Tells the server every 15 seconds that the post is open, and says politely who else looks at it or that it changed:
   p[data-presence="address"][data-revision][data-status]. Without scripts the sentence is that of the moment of opening. */
"use strict";

const place = document.querySelector("[data-presence]");
const EVERY = 15000;

if (place) {
  let active = true;
  for (const sign of ["keydown", "pointerdown", "scroll"]) addEventListener(sign, () => { active = true; }, { passive: true });

  const tell = async () => {
    if (document.hidden) return;
    const words = new FormData();
    words.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]")?.value || "");
    words.set("revision", place.dataset.revision);
    words.set("status", place.dataset.status);
    if (document.querySelector("form[data-editing]")) words.set("editing", "1");
    if (active) words.set("active", "1");
    active = false;
    try {
      const answer = await fetch(place.dataset.presence, { method: "POST", body: words, headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) return;
      const said = await answer.json();
      const sentence = [said.looking, said.changed].filter(Boolean).join(" ");
      if (place.textContent !== sentence) place.textContent = sentence;
      place.classList.toggle("late", Boolean(said.changed));
    } catch { /* the line is down: the next time */ }
  };
  if (place.textContent === "") tell();
  setInterval(tell, EVERY);
  document.addEventListener("visibilitychange", tell);
}
