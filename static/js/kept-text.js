/* What is typed and not yet taken by the server stays in this browser's storage: form[data-kept="key"], whose number of the writer comes first
   in the key. It is offered back by [data-draft-offer], and forgotten when the server says it was taken (cookie plan_saved), after some
   days, and at signing out (js/sign-out.js) where it may hold personal data. js/plan-draft.js and js/reply-draft.js stand upon it. */
"use strict";

const PREFIX = "plan-draft:";
const BEFORE = "~"; // the text that was offered while another was begun
const KEEP_DAYS = 30;
const KEEP_REPLY_DAYS = 3;
const TO_BROWSER = 400;
const SKIPPED = new Set(["csrfmiddlewaretoken", "revision", "thread", "seen", "key", "body", "week", "post", "note", "confirm"]);

const store = {
  read(key) {
    try { return JSON.parse(localStorage.getItem(PREFIX + key)); } catch { return null; }
  },
  write(key, values, at = Date.now(), heard = 0) {
    try { localStorage.setItem(PREFIX + key, JSON.stringify({ at, values, heard })); } catch { /* full or forbidden: the server has it */ }
  },
  forget(key) {
    try { for (const name of [key, key + BEFORE]) localStorage.removeItem(PREFIX + name); } catch { /* forbidden */ }
  },
};

function forgetSaved() {
  const saved = document.cookie.match(/(?:^|; )plan_saved="?([\w-]+)/);
  if (!saved) return;
  store.forget(saved[1]);
  document.cookie = "plan_saved=; max-age=0; path=/; samesite=lax";
}

/* Replies may quote what a citizen wrote: they go sooner, and at once when somebody else signs in here. */
function forgetOld() {
  const writer = document.querySelector("form[data-kept]")?.dataset.kept.split("-")[0];
  try {
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith(PREFIX)) continue;
      const [whose, what] = name.slice(PREFIX.length).split("-");
      const kept = store.read(name.slice(PREFIX.length));
      const days = what === "reply" ? KEEP_REPLY_DAYS : KEEP_DAYS;
      const stranger = what === "reply" && writer && whose !== writer;
      if (!kept || stranger || Date.now() - kept.at > days * 86400000) localStorage.removeItem(name);
    }
  } catch { /* forbidden */ }
}

/* Whoever signed in again in another tab has another token: the form takes the one that holds now. */
function renewToken(form) {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  if (token && form.elements.csrfmiddlewaretoken) form.elements.csrfmiddlewaretoken.value = token[1];
}

function typed(form) {
  return [...new FormData(form)].filter(([name, value]) => !SKIPPED.has(name) && typeof value === "string");
}

function differs(form, values) {
  const told = (pairs) => JSON.stringify(pairs.filter(([, value]) => value !== "").map((pair) => pair.join("=")).sort());
  return told(values.filter(([name]) => !SKIPPED.has(name))) !== told(typed(form));
}

function restore(form, values) {
  const ticked = new Set(values.map(([name, value]) => `${name}=${value}`));
  const texts = new Map(values);
  for (const field of form.elements) {
    if (!field.name || SKIPPED.has(field.name) || field.type === "hidden") continue;
    if (field.type === "checkbox" || field.type === "radio") field.checked = ticked.has(`${field.name}=${field.value}`);
    else if (texts.has(field.name)) field.value = texts.get(field.name);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    if (field.value && field.matches("textarea")) field.closest("details")?.setAttribute("open", "");
  }
}

function clock(at) {
  const moment = new Date(at);
  const day = moment.toDateString() === new Date().toDateString() ? {} : { day: "numeric", month: "long" };
  return moment.toLocaleString("ru", { ...day, hour: "2-digit", minute: "2-digit" });
}

function showOffer(offer, at) {
  const words = offer.querySelector("[data-draft-words]");
  if (words) words.textContent = words.dataset.words.replace("{moment}", clock(at));
  offer.hidden = false;
}

/* A form whose text the browser keeps by itself. `taken(values)`: the server has them. */
const guards = new WeakMap();

function guard(form) {
  const key = form.dataset.kept;
  const part = (name) => form.querySelector(`[data-draft-${name}]`);
  const [offer, status] = [part("offer"), part("status")];
  let there = JSON.stringify(typed(form)); // what stands at the server
  let timer = null;
  const offered = store.read(key);

  const keep = () => {
    const values = typed(form);
    if (JSON.stringify(values) !== there) store.write(key, values);
  };
  const taken = (values) => {
    clearTimeout(timer);
    there = JSON.stringify(values);
    if (JSON.stringify(typed(form)) === there) store.forget(key); else keep();
  };

  form.addEventListener("input", (event) => {
    // Another text is begun: the offered one stays beside it until it is brought back or forgotten.
    if (event.isTrusted && offer && !offer.hidden) store.write(key + BEFORE, offered.values, offered.at);
    clearTimeout(timer);
    timer = setTimeout(keep, TO_BROWSER);
  });
  addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) renewToken(form); });
  form.addEventListener("submit", (event) => {
    keep();
    renewToken(form);
    if (navigator.onLine) return;
    event.preventDefault();
    if (!status) return;
    status.textContent = status.dataset.offline;
    status.scrollIntoView({ block: "center" });
  });

  const found = [store.read(key + BEFORE), offered].find((one) => one && differs(form, one.values));
  if (found && offer) {
    showOffer(offer, found.at);
    offer.closest("details")?.setAttribute("open", "");
    part("restore").addEventListener("click", () => { offer.hidden = true; restore(form, found.values); store.forget(key + BEFORE); });
    part("forget").addEventListener("click", () => { offer.hidden = true; store.forget(key); });
  }
  guards.set(form, { taken });
}

forgetSaved();
forgetOld();
for (const form of document.querySelectorAll("form[data-kept]")) guard(form);
