/* Who signs out leaves no text of a reply in this browser (js/kept-text.js): it may quote what a citizen wrote. */
"use strict";

function forgetReplies() {
  try {
    for (const name of Object.keys(localStorage)) if (/^plan-draft:\d+-reply-/.test(name)) localStorage.removeItem(name);
  } catch { /* storage is forbidden: nothing was kept */ }
}

// The page keeps what is typed once more as it goes: this comes after that.
document.querySelector("form[data-sign-out]")?.addEventListener("submit", () => addEventListener("pagehide", forgetReplies));
