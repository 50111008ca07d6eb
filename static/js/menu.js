/* Menus made of <details data-menu>: they close on Escape, on a press elsewhere and when the focus leaves. */
"use strict";

document.querySelectorAll("details[data-menu]").forEach((menu) => {
  const close = () => { menu.open = false; };
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) close(); });
  menu.addEventListener("focusout", (event) => { if (event.relatedTarget && !menu.contains(event.relatedTarget)) close(); });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    close();
    menu.querySelector("summary").focus();
  });
});
