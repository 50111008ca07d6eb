/* Files of a post: each goes by itself as soon as it is chosen, with a bar of its own; then its picture is waited for.
   [data-media] holds the lines; without this script the files go with the form. */
"use strict";

const csrf = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] || "";
const POLL = 2000;
const PATIENCE = 60;

for (const box of document.querySelectorAll("[data-media]")) {
  const input = box.querySelector("input[type=file]");
  const rows = box.querySelector("[data-media-rows]");
  const going = box.querySelector("[data-media-going]");
  const form = box.closest("form");
  const tell = () => form.dispatchEvent(new Event("media"));
  const waiting = []; // one after another: they stay in the order they were chosen in, and a slow line is not shared
  let underWay = 0;

  function next() {
    const job = underWay ? null : waiting.shift();
    if (job) job();
  }

  const ready = (row) => {
    row.querySelectorAll("[data-no-script]").forEach((one) => one.remove());
    row.querySelectorAll("[data-media-up], [data-media-remove]").forEach((one) => { one.hidden = false; });
    if (row.dataset.state === "waiting") watch(row, PATIENCE);
  };

  async function watch(row, left) {
    if (!left || !row.isConnected) return;
    await new Promise((done) => { setTimeout(done, POLL); });
    let answer;
    try { answer = await (await fetch(row.dataset.stateUrl, { redirect: "error" })).json(); } catch { return watch(row, left - 1); }
    if (answer.state === "waiting") return watch(row, left - 1);
    row.querySelector("[data-media-state]").textContent = answer.error;
    const tile = row.querySelector("[data-tile]");
    if (answer.thumbnail && tile) {
      const picture = new Image();
      picture.className = "tile";
      picture.alt = "";
      picture.src = answer.thumbnail;
      const frame = document.createElement("span");
      if (row.dataset.kind === "video") frame.className = "tile-film";
      frame.append(picture);
      tile.replaceWith(frame);
    }
  }

  rows.addEventListener("click", (event) => {
    const row = event.target.closest("[data-media-row]");
    if (!row) return;
    if (event.target.closest("[data-media-remove]")) {
      const next = row.nextElementSibling || row.previousElementSibling;
      row.remove();
      (next?.querySelector("[data-media-remove]") || input).focus();
    } else if (event.target.closest("[data-media-up]")) {
      row.previousElementSibling?.before(row);
      row.querySelector("[data-media-up]").focus();
    } else return;
    form.dispatchEvent(new Event("input", { bubbles: true }));
    tell();
  });

  // What would be refused at the end of a long way over a slow line is said before it.
  const tooLarge = (file) => {
    // A browser that does not know the kind gets the benefit of the doubt.
    const kind = { image: "Image", video: "Video", "": "Video" }[file.type.split("/")[0]] || "Document";
    return file.size > Number(box.dataset["most" + kind]) ? box.dataset["large" + kind] : "";
  };

  function send(file) {
    const line = document.createElement("li");
    const name = document.createElement("span");
    const bar = document.createElement("progress");
    line.className = "media-going small";
    name.textContent = file.name;
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    line.append(name, bar);
    going.append(line);
    const refusal = tooLarge(file);
    if (refusal) {
      bar.remove();
      line.classList.add("error");
      line.append(document.createElement("br"), refusal);
      return;
    }
    waiting.push(() => go(file, line, bar));
    next();
  }

  function go(file, line, bar) {
    underWay = 1;
    const data = new FormData();
    data.append("files", file);
    data.append("csrfmiddlewaretoken", csrf());
    const request = new XMLHttpRequest();
    request.open("POST", box.dataset.upload);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = event.loaded / event.total; });
    request.addEventListener("loadend", () => {
      underWay = 0;
      next();
      const answer = request.response;
      if (request.status === 200 && answer?.row) {
        line.remove();
        if (!rows.querySelector(`[name=media][value="${answer.id}"]`)) rows.insertAdjacentHTML("beforeend", answer.row);
        ready(rows.lastElementChild);
        form.dispatchEvent(new Event("input", { bubbles: true }));
        tell();
        return;
      }
      const expired = request.status === 200 && !answer;
      bar.remove();
      line.classList.add("error");
      line.append(document.createElement("br"), answer?.error || (expired ? box.dataset.expired : box.dataset.failed));
      if (!answer?.error) {
        const again = document.createElement("button");
        again.type = "button";
        again.className = "button small";
        again.textContent = box.dataset.again;
        again.addEventListener("click", () => { line.remove(); send(file); });
        line.append(" ", again);
      }
    });
    request.send(data);
  }

  input.addEventListener("change", () => {
    going.querySelectorAll(".error").forEach((line) => line.remove());
    for (const file of input.files) send(file);
    input.value = "";
  });
  // A form that leaves while files are on their way would leave them behind.
  form.addEventListener("submit", (event) => {
    if (!underWay && !waiting.length) return;
    event.preventDefault();
    going.scrollIntoView({ block: "center" });
  });
  rows.querySelectorAll("[data-media-row]").forEach(ready);
}
