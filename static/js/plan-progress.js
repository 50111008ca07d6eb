/* #progress with data-running: asks the same page every two seconds what has become of it, and shows the whole page when it is done. */
"use strict";

const progress = document.querySelector("#progress[data-running]");
if (progress) {
  const look = async () => {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.querySelector("#progress[data-running]");
      if (answer.ok && !now) return location.reload();
      if (now) progress.replaceChildren(...now.childNodes);
    } catch {
      /* The line is down: the next look may succeed. */
    }
    return setTimeout(look, 2000);
  };
  setTimeout(look, 1000);
}
