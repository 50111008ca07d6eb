/* What is typed is saved by itself: form[data-draft="key"] or form[data-draft-key="key"]. Every few seconds to the server, at once to
   the browser's storage (js/kept-text.js, which stands before it), which also serves while the line is down or the person is signed out.
   An unsent text is offered back by [data-draft-offer], or put back at once where the form has none; it is forgotten when the server says
   it was taken. The form names its addresses: data-save, data-load. Words stand in the page: [data-draft-status]. */
"use strict";

const TO_SERVER = 4000;
const AGAIN = 10000;

function keep(form) {
  const key = form.dataset.draft || form.dataset.draftKey;
  const saveTo = form.dataset.save || "/drafts/save/";
  const loadFrom = form.dataset.load || "/drafts/";
  const part = (name) => form.querySelector(`[data-draft-${name}]`);
  const [offer, status, out, changed] = ["offer", "status", "signed-out", "changed"].map(part);
  const say = (words) => { if (status) status.textContent = words; };
  let saved = JSON.stringify(typed(form)); // what stands at the server, or stood there when the page opened
  let pending = null; // the text that is offered: [name, value]
  let left = false; // the form is on its way
  let timers = [];
  let heard = 0; // the moment of the last text the server told of, by its own clock

  // --- keeping

  function toBrowser() {
    const values = typed(form);
    if (!left && JSON.stringify(values) !== saved) store.write(key, values, Date.now(), heard);
  }

  function send(values) {
    const data = new FormData();
    for (const [name, value] of values) data.append(name, value);
    for (const name of ["revision", "seen", "post"]) if (form.elements[name]) data.append(name, form.elements[name].value);
    renewToken(form);
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken?.value || "");
    data.append("key", key);
    return fetch(saveTo, { method: "POST", body: data, redirect: "manual", headers: { "X-Requested-With": "fetch" } });
  }

  async function toServer() {
    const values = typed(form);
    if (left || JSON.stringify(values) === saved) return;
    let answer;
    try {
      answer = await send(values);
    } catch {
      say(status?.dataset.offline || "");
      return later();
    }
    const expired = answer.type === "opaqueredirect" || answer.status === 403;
    if (out) out.hidden = !expired;
    if (expired) { say(""); return later(); }
    const told = await answer.json().catch(() => ({}));
    say(told.saved || told.error || "");
    if (changed) { changed.hidden = !told.changed; changed.firstElementChild.textContent = told.changed || ""; }
    if (!answer.ok) return;
    saved = JSON.stringify(values);
    heard = told.at;
    if (store.read(key)) store.write(key, typed(form), Date.now(), heard);
  }

  function later(after = AGAIN) {
    timers.push(setTimeout(toServer, after));
  }

  form.addEventListener("input", (event) => {
    if (event.isTrusted && pending) store.write(key + BEFORE, pending, offeredAt);
    timers.forEach(clearTimeout);
    timers = [setTimeout(toBrowser, TO_BROWSER), setTimeout(toServer, TO_SERVER)];
  });
  addEventListener("online", toServer);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) { renewToken(form); toServer(); } });
  addEventListener("pagehide", toBrowser);
  addEventListener("pageshow", (event) => { if (event.persisted) left = false; });
  form.addEventListener("submit", (event) => {
    toBrowser();
    renewToken(form);
    if (!navigator.onLine) {
      event.preventDefault();
      say(status?.dataset.offline || "");
      status?.scrollIntoView({ block: "center" });
      return;
    }
    timers.forEach(clearTimeout);
    // Another script may still hold it back.
    setTimeout(() => { left = !event.defaultPrevented; });
  });

  // --- offering back

  let offeredAt = 0;

  function propose({ at, values }) {
    [pending, offeredAt] = [values, at];
    showOffer(offer, at);
  }

  async function bringBack(event) {
    const media = (values) => values.filter(([name]) => name === "media").map(([, value]) => value).join();
    if (!pending) return;
    event.preventDefault();
    if (media(pending) !== media(typed(form)) && navigator.onLine) {
      // Files come back with the page that the server makes.
      left = true;
      const link = event.target.closest("a").href;
      await send(pending.filter(([name]) => !SKIPPED.has(name))).catch(() => null);
      location.assign(link);
      return;
    }
    restore(form, pending);
    pending = null;
    offer.hidden = true;
  }

  async function begin() {
    let server = null;
    // The page of a post says itself whether the server has a text; other forms ask.
    if (!form.dataset.load || offer?.dataset.at) {
      try { server = await (await fetch(`${loadFrom}?key=${encodeURIComponent(key)}`, { redirect: "error" })).json(); } catch { server = null; }
    }
    const asked = new URLSearchParams(location.search).has("draft");
    const kept = store.read(key);
    const told = server?.data && { at: server.at, values: server.data };
    // Clocks differ: what this browser wrote after the server's last word is newer, whatever its clock says.
    const found = kept && told && told.at <= kept.heard ? [kept] : [kept, told].filter(Boolean).sort((one, other) => other.at - one.at);
    heard = told?.at || 0;
    const newest = [...found, store.read(key + BEFORE)].find((one) => one && differs(form, one.values));
    if (!newest || asked) return;
    if (!offer) restore(form, newest.values);
    else propose(newest);
  }

  offer?.querySelector("[data-draft-restore]").addEventListener("click", bringBack);
  offer?.querySelector("[data-draft-forget]").addEventListener("click", (event) => {
    store.forget(key);
    if (event.target.closest("button").type === "submit") return;
    pending = null;
    offer.hidden = true;
    const data = new FormData();
    data.append("key", key);
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken?.value || "");
    fetch("/drafts/forget/", { method: "POST", body: data, redirect: "manual" }).catch(() => null);
  });
  begin();
}

for (const form of document.querySelectorAll("form[data-draft], form[data-draft-key]")) keep(form);
