/* The RACI matrix as a grid (WAI-ARIA): one stop of the Tab key, arrows from cell to cell, R A C I toggle a letter, Enter
   or a click opens the four. A toggle posts what the cell showed, so that nobody is overwritten unseen. Loaded with defer,
   after grid.js. */
"use strict";

(() => {
  const grid = document.querySelector(".raci-matrix table[data-url]");
  const menu = document.getElementById("lettres");
  if (!grid || !menu) return;

  const wide = matchMedia("(min-width: 48rem)"); // below, the rows are stacked: letters change on the action's page
  const LETTERS = ["R", "A", "C", "I"];
  const columns = grid.tHead.rows[0].cells;
  const rows = [...grid.querySelectorAll("tbody tr[id]")];
  const items = [...menu.querySelectorAll("[role=menuitemcheckbox]")];
  const { go, move, take } = roving(rows, (row) => stopsOf(row));
  const cellOf = (target) => target.closest?.("tbody tr[id] > td:not(.names)");
  const stopsOf = (row) => [row.querySelector("th a"), ...row.querySelectorAll("td:not(.names)")];
  const lettersIn = (cell) => [...cell.querySelectorAll("abbr")].filter((sign) => !sign.closest("del")).map((sign) => sign.textContent);

  /* ---- Saving: one after the other, each from what the answer before it left. ---- */

  let queue = Promise.resolve();

  function toggle(cell, letter) {
    queue = queue.then(() => save(cell, letter)).catch(() => {}); // app.js tells of failures
  }

  async function save(cell, letter) {
    const { actor } = columns[cell.cellIndex].dataset;
    const read = lettersIn(cell);
    const held = read.includes(letter) ? read.filter((other) => other !== letter) : [...read, letter];
    const boxes = (letters) => letters.map((item) => `${actor}-${item}`);
    await htmx.ajax("POST", `${grid.dataset.url}${cell.parentElement.id.slice(1)}/${location.search}`, {
      source: cell,
      target: cell,
      swap: "innerHTML",
      values: { actor, held: boxes(held), expected: boxes(read) },
    });
    if (cell.querySelector("abbr")) cell.dataset.label = columns[cell.cellIndex].firstChild.textContent;
    else delete cell.dataset.label;
    if (opened === cell) check();
  }

  /* ---- The menu of four letters. ---- */

  let opened = null;

  function check() {
    const held = lettersIn(opened);
    for (const item of items) item.setAttribute("aria-checked", held.includes(item.dataset.letter));
  }

  function open(cell) {
    go(cell);
    opened = cell;
    menu.setAttribute("aria-label", `${columns[cell.cellIndex].firstChild.textContent}, action ${cell.parentElement.id.slice(1)}`);
    check();
    menu.hidden = false;
    const place = cell.getBoundingClientRect();
    const above = place.bottom + menu.offsetHeight > innerHeight;
    menu.style.top = `${scrollY + (above ? Math.max(0, place.top - menu.offsetHeight) : place.bottom)}px`;
    menu.style.left = `${Math.max(0, Math.min(place.left, document.documentElement.clientWidth - menu.offsetWidth))}px`;
    items[0].focus({ preventScroll: true });
  }

  function close(back) {
    const cell = opened;
    opened = null;
    menu.hidden = true;
    if (back) cell?.focus();
  }

  menu.addEventListener("click", ({ target }) => {
    const item = target.closest("[data-letter]");
    if (item && opened) toggle(opened, item.dataset.letter);
  });
  menu.addEventListener("keydown", (event) => {
    const at = items.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    const letter = event.key.toUpperCase();
    if (to !== undefined) items.at(to % items.length).focus();
    else if (event.key === "Escape" || event.key === "Tab") close(true);
    else if (LETTERS.includes(letter) && !event.ctrlKey && !event.metaKey && !event.altKey) toggle(opened, letter);
    else return;
    if (event.key !== "Tab") event.preventDefault();
  });
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !menu.contains(relatedTarget)) close(false);
  });

  /* ---- The grid. ---- */

  const active = () => grid.getAttribute("role") === "grid";

  grid.addEventListener("keydown", (event) => {
    const stop = active() && event.target.closest("tbody tr[id] th a, tbody td:not(.names)");
    if (!stop || event.metaKey || event.altKey) return;
    const letter = event.key.toUpperCase();
    const cell = cellOf(stop);
    if (/^(Arrow|Home$|End$)/.test(event.key)) move(stop, event.key, event.ctrlKey);
    else if (cell && LETTERS.includes(letter) && !event.ctrlKey) toggle(cell, letter);
    else if (cell && event.key === "Enter") open(cell);
    else return;
    event.preventDefault();
  });
  document.addEventListener("click", ({ target }) => {
    const cell = active() && cellOf(target);
    if (cell) open(cell);
    else if (opened && !menu.contains(target)) close(false);
  });

  function dress() {
    close(false);
    take(grid, wide.matches, rows[0]?.querySelector("td"));
  }

  wide.addEventListener("change", dress);
  dress();
})();
