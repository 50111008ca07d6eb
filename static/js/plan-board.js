/* The week board: a card is dragged to another day and keeps its hour; its link "Move" opens the one dialog of the page.
   Both send the form that works without scripts as well. An idea of the drawer is dragged onto a day the same way. */
"use strict";

const dialog = document.getElementById("move-dialog");
const dragForm = document.getElementById("drag-form");

function openDialog(link) {
  const { move, revision, day, time, title, approved, plan } = link.dataset;
  const planning = plan !== undefined;
  dialog.querySelector("h2").textContent = planning ? dialog.dataset.planHeading : dialog.dataset.moveHeading;
  dialog.querySelector("[data-move-topic]").textContent = title;
  dialog.querySelector("[data-move-approved]").hidden = approved === undefined;
  for (const form of dialog.querySelectorAll("form")) {
    form.action = move;
    form.elements.revision.value = revision || "";
  }
  const other = dialog.querySelector("[name=day]").form.elements;
  other.day.value = day || "";
  other.time.value = time || "10:00";
  for (const button of dialog.querySelectorAll("[name=to]")) {
    if (button.value === day) button.setAttribute("aria-current", "date");
    else button.removeAttribute("aria-current");
  }
  dialog.showModal();
}

function drop(source, day) {
  const link = source.querySelector("[data-move]");
  if (!link || link.dataset.day === day) return;
  dragForm.action = link.dataset.move;
  dragForm.elements.revision.value = link.dataset.revision || "";
  dragForm.elements.to.value = day;
  const button = dragForm.querySelector("button");
  // An approval that would be lost is said before, not after.
  if (link.dataset.approved !== undefined) button.dataset.confirm = button.dataset.question;
  else delete button.dataset.confirm;
  button.click();
}

// The drawer opens for whoever comes back to it.
if (location.hash === "#ideas") document.getElementById("ideas")?.setAttribute("open", "");

if (dialog) {
  let dragged = null;
  const dayUnder = (event) => dragged && event.target.closest?.("[data-day]:not(a)");

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-move]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openDialog(link);
  });
  for (const card of document.querySelectorAll("[data-post], [data-idea]")) {
    card.draggable = true;
    card.querySelectorAll("a").forEach((link) => { link.draggable = false; });
  }
  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-post], [data-idea]");
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.id || "idea");
    dragged.classList.add("dragged");
  });
  document.addEventListener("dragover", (event) => {
    const day = dayUnder(event);
    document.querySelectorAll(".drop-here").forEach((one) => { if (one !== day) one.classList.remove("drop-here"); });
    if (!day) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    day.classList.add("drop-here");
  });
  document.addEventListener("drop", (event) => {
    const day = dayUnder(event);
    if (!day) return;
    event.preventDefault();
    drop(dragged, day.dataset.day);
  });
  document.addEventListener("dragend", () => {
    document.querySelectorAll(".drop-here, .dragged").forEach((one) => one.classList.remove("drop-here", "dragged"));
    dragged = null;
  });
}
