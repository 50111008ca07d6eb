/* Keeps what is being typed in the browser, so that a crash or a lost line loses nothing: form[data-draft="name"].
   The text is offered back when the form opens again, and forgotten when the server says it was saved (cookie plan_saved). */
"use strict";

const PREFIX = "plan-draft:";
const KEEP_DAYS = 14;
const SKIPPED = new Set(["csrfmiddlewaretoken", "revision", "seen"]);

const store = {
  read(key) {
    try { return JSON.parse(localStorage.getItem(PREFIX + key)); } catch { return null; }
  },
  write(key, values) {
    try { localStorage.setItem(PREFIX + key, JSON.stringify({ at: Date.now(), values })); } catch { /* full or forbidden: typing goes on */ }
  },
  forget(key) {
    try { localStorage.removeItem(PREFIX + key); } catch { /* forbidden */ }
  },
};

function forgetSaved() {
  const saved = document.cookie.match(/(?:^|; )plan_saved="?([\w-]+)/);
  if (!saved) return;
  store.forget(saved[1]);
  document.cookie = "plan_saved=; max-age=0; path=/; samesite=lax";
}

function forgetOld() {
  try {
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith(PREFIX)) continue;
      const kept = store.read(name.slice(PREFIX.length));
      if (!kept || Date.now() - kept.at > KEEP_DAYS * 86400000) localStorage.removeItem(name);
    }
  } catch { /* forbidden */ }
}

function typed(form) {
  return [...new FormData(form)].filter(([name, value]) => !SKIPPED.has(name) && typeof value === "string");
}

function restore(form, values) {
  const ticked = new Set(values.map(([name, value]) => `${name}=${value}`));
  const texts = new Map(values);
  for (const field of form.elements) {
    if (!field.name || SKIPPED.has(field.name) || field.type === "hidden") continue;
    if (field.type === "checkbox") field.checked = ticked.has(`${field.name}=${field.value}`);
    else if (texts.has(field.name)) field.value = texts.get(field.name);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    if (field.value && field.matches("textarea")) field.closest("details")?.setAttribute("open", "");
  }
}

function keep(form) {
  const key = form.dataset.draft;
  const before = JSON.stringify(typed(form));
  const kept = store.read(key);
  const offer = form.querySelector("[data-draft-offer]");
  let offered = false;
  if (kept && JSON.stringify(kept.values) !== before) {
    if (offer) { offer.hidden = false; offered = true; } else restore(form, kept.values);
  }
  const done = () => { offered = false; if (offer) offer.hidden = true; };
  offer?.querySelector("[data-draft-restore]").addEventListener("click", () => { restore(form, kept.values); done(); });
  offer?.querySelector("[data-draft-forget]").addEventListener("click", () => { store.forget(key); done(); });
  let timer;
  const save = () => {
    clearTimeout(timer);
    if (!offered && JSON.stringify(typed(form)) !== before) store.write(key, typed(form));
  };
  form.addEventListener("input", (event) => {
    if (event.isTrusted && offered) done();
    clearTimeout(timer);
    timer = setTimeout(save, 400);
  });
  form.addEventListener("submit", save);
  addEventListener("pagehide", save);
}

forgetSaved();
forgetOld();
for (const form of document.querySelectorAll("form[data-draft]")) keep(form);
