/* The grid of figures: a cell saves itself when it is left, arrows and Enter go from cell to cell, a block of a
   spreadsheet is pasted in one request. Each post carries the version that the cell showed. The answers carry what became
   of each cell (data-cells); the words are the server's. Loaded with defer; without it the grid is a form. */
"use strict";

(() => {
  const form = document.getElementById("grille");
  if (!form) return;

  const byId = (id) => document.getElementById(id);
  const CELL = "td > :is(input, textarea)";
  const cellOf = (target) => (target?.matches?.(CELL) && form.contains(target) ? target : null);
  const all = () => [...form.querySelectorAll(CELL)];
  const was = new WeakMap(); // what is stored, as its cell says it
  for (const cell of all()) was.set(cell, cell.value);
  const frame = form.querySelector(".scroll");
  frame.scrollLeft = frame.scrollWidth; // the last periods are those that one enters
  const named = (cell) => cell.name.split("/");

  /* ---- Saving: one after the other. ---- */

  let queue = Promise.resolve();
  const later = (work) => (queue = queue.then(work).catch(() => {})); // app.js tells of failures
  const asked = new WeakMap(); // what is on its way, or was refused: not sent again as it is, but by Enter
  let sent = null;

  // Asked from outside the form, which would send all its cells along.
  const post = (url, target, values) => htmx.ajax("POST", url, { source: target, target, swap: "innerHTML", values });

  function save(cell, again = false) {
    const text = cell.value;
    if (text.trim() === was.get(cell)) return accept(cell);
    if (text === asked.get(cell) && !(again && cell.matches("[aria-invalid]"))) return;
    asked.set(cell, text);
    cell.classList.add("sending");
    later(async () => {
      const [code, period] = named(cell);
      sent = { cell, text };
      try {
        await post(form.dataset.cell, "#grille-etat", { code, period, text, version: cell.dataset.version });
      } finally {
        sent = null;
        cell.classList.remove("sending");
        // The line was cut: leaving the cell sends it again.
        if (cell.value === text && text.trim() !== was.get(cell) && !cell.matches("[aria-invalid]")) asked.delete(cell);
      }
    });
  }

  function accept(cell) {
    cell.removeAttribute("aria-invalid");
    cell.removeAttribute("aria-describedby");
    cell.closest("td").classList.remove("rejected");
    cell.closest("td").querySelector(".why")?.remove();
    asked.delete(cell);
  }

  function refuse(place, why) {
    const td = place.closest("td");
    td.classList.add("rejected");
    const words = td.querySelector(".why") ?? td.appendChild(document.createElement("span"));
    words.className = "why";
    words.id = `${place.id}-pourquoi`;
    words.textContent = why;
    if (!cellOf(place)) return;
    place.setAttribute("aria-invalid", "true");
    place.setAttribute("aria-describedby", words.id);
  }

  function settle(item) {
    const place = byId(item.id);
    const cell = cellOf(place);
    if (!place) return;
    if (!cell) {
      if (item.state === "refused") refuse(place, item.why);
      return;
    }
    const typing = cell.value !== was.get(cell) && !(sent?.cell === cell && sent.text === cell.value) && !cell.matches("[aria-invalid]");
    was.set(cell, item.text);
    cell.dataset.version = item.version;
    if (item.state === "refused") {
      if (!typing) cell.value = item.typed;
      asked.set(cell, cell.value);
      return refuse(cell, item.why);
    }
    if (!typing) cell.value = item.text;
    accept(cell);
    cell.classList.toggle("fresh", item.state === "saved");
  }

  document.addEventListener("htmx:afterSwap", ({ detail: { target } }) => {
    if (!["colle", "grille-etat"].includes(target.id)) return;
    const told = target.querySelector("[data-cells]");
    if (told) for (const item of JSON.parse(told.dataset.cells)) settle(item);
    told?.remove();
  });

  form.addEventListener("focusout", ({ target }) => {
    const cell = cellOf(target);
    if (cell) save(cell);
  });
  form.addEventListener("submit", (event) => event.preventDefault());

  /* ---- Pasting a block: its first cell falls on the one that has the focus. ---- */

  form.addEventListener("paste", (event) => {
    const cell = cellOf(event.target);
    const text = event.clipboardData.getData("text/plain");
    if (!cell || !/[\t\n]/.test(text.trimEnd())) return; // one value goes where the caret is
    event.preventDefault();
    cell.value = was.get(cell);
    later(async () => {
      const [code, period] = named(cell);
      const seen = all().filter((item) => item.dataset.version !== "0").map((item) => `${item.name}:${item.dataset.version}`).join(" ");
      for (const item of form.querySelectorAll(".fresh")) item.classList.remove("fresh");
      for (const item of form.querySelectorAll("td.shut.rejected")) {
        item.classList.remove("rejected");
        item.querySelector(".why")?.remove();
      }
      form.setAttribute("aria-busy", "true");
      await post(form.dataset.paste, "#colle", { code, period, text, seen }).finally(() => form.removeAttribute("aria-busy"));
    });
  });

  /* ---- Moving. ---- */

  function step(cell, rows, columns) {
    const lines = [...form.querySelectorAll("tbody tr")];
    let line = lines.indexOf(cell.closest("tr"));
    let at = cell.parentElement.cellIndex;
    for (;;) {
      line += rows;
      at += columns;
      const td = lines[line]?.cells[at];
      if (!td || at < 1) return;
      const next = cellOf(td.firstElementChild);
      if (next) {
        next.focus();
        next.select();
        return;
      }
    }
  }

  form.addEventListener("keydown", (event) => {
    const cell = cellOf(event.target);
    if (!cell || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const { selectionStart: from, selectionEnd: to, value } = cell;
    const whole = from === 0 && to === value.length;
    if (event.key === "Escape") {
      cell.value = was.get(cell);
      accept(cell);
      cell.select();
    } else if (event.key === "Enter") {
      save(cell, true);
      step(cell, event.shiftKey ? -1 : 1, 0);
    } else if (event.shiftKey) return;
    else if (event.key === "ArrowUp") step(cell, -1, 0);
    else if (event.key === "ArrowDown") step(cell, 1, 0);
    else if (event.key === "ArrowLeft" && (whole || to === 0)) step(cell, 0, -1);
    else if (event.key === "ArrowRight" && (whole || from === value.length)) step(cell, 0, 1);
    else if (event.key === "F2") cell.setSelectionRange(value.length, value.length);
    else return;
    event.preventDefault();
  });
  form.addEventListener("focusin", ({ target }) => cellOf(target)?.select());
})();
