/* Inside the frame of the widget: tells the page around it how high the content is, at the start, when asked, and when it changes. */
"use strict";

const tell = () => parent.postMessage({ officialPages: document.documentElement.getBoundingClientRect().height }, "*");
addEventListener("message", (event) => { if (event.data === "officialPages?") tell(); });
new ResizeObserver(tell).observe(document.documentElement);
