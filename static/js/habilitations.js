/* The habilitation matrix as a grid: arrows from cell to cell, a letter sets the level or the perimeter, Enter or a click
   opens the cell, Ctrl+Z takes back, a block of a spreadsheet is pasted. Each post carries the version that the cell
   showed, so that nobody is overwritten unseen. Loaded with defer, after grid.js; without it cells are links. */
"use strict";

(() => {
  const grid = document.querySelector(".matrix table[data-paste]");
  const panel = document.getElementById("panneau");
  if (!grid || !panel) return;

  const byId = (id) => document.getElementById(id);
  const wide = matchMedia("(min-width: 48rem)"); // below, each profile has its page
  const LEVELS = { "-": "none", "–": "none", L: "read", E: "write", V: "validate", A: "admin" };
  const REACH = { U: "unit", S: "esms", O: "og" };
  const [title, place, undoButton] = [byId("panneau-titre"), byId("panneau-forme"), byId("annuler")];
  const rows = [...grid.querySelectorAll("tbody tr")];
  const cellOf = (target) => target?.closest?.("a.lv[data-v]");
  const stopsOf = (row) => [row.querySelector("th a"), ...row.querySelectorAll("a.lv")];
  const { current, reach, go, move, take } = roving(rows, stopsOf);

  /* ---- Saving: one after the other, each from what the answer before it left. ---- */

  let queue = Promise.resolve();
  const done = []; // what can be taken back: groups of [cell, the version before]
  const before = new Map(); // requests under way: element → [cell, version]
  let undoing = false;

  const later = (work) => (queue = queue.then(work).catch(() => {})); // app.js tells of failures

  function post(cell, values) {
    later(() => {
      const fresh = byId(cell.id);
      return htmx.ajax("POST", fresh.href, { source: fresh, swap: "none", values: { ...values, version: fresh.dataset.v } });
    });
  }

  function keep(group) {
    if (group.length && !undoing) done.push(group);
    undoButton.hidden = !done.length;
  }

  function undo() {
    later(async () => {
      undoing = true;
      for (const [id, version] of done.pop() ?? []) {
        const cell = byId(id);
        await htmx.ajax("POST", cell.href, { source: cell, swap: "none", values: { restore: version, version: cell.dataset.v } });
      }
      undoing = false;
      keep([]);
      if (opened) show(byId(opened));
    });
  }

  document.addEventListener("htmx:beforeRequest", ({ detail: { requestConfig: { elt, verb } } }) => {
    const cell = byId(elt.dataset.cell ?? elt.id);
    if (verb === "post" && cellOf(cell)) before.set(elt, [cell.id, cell.dataset.v, document.activeElement === cell]);
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    const { elt } = detail.requestConfig;
    const [id, version, focused] = before.get(elt) ?? [];
    before.delete(elt);
    settle();
    if (!id) return;
    if (detail.xhr.status < 400 && byId(id).dataset.v !== version) keep([[id, version]]);
    if (focused && document.activeElement === document.body) byId(id).focus();
    if (opened === id && !elt.dataset.cell) show(byId(id));
  });

  // An answer brings new cells: they are not stops of the Tab key, but for the current one.
  function settle() {
    if (!wide.matches) return;
    const here = current();
    if (here && !here.isConnected) reach(byId(here.id));
    for (const cell of grid.querySelectorAll("a.lv:not([tabindex])")) cell.tabIndex = cell === current() ? 0 : -1;
  }

  /* ---- Pasting a block: its first cell falls on the current one. ---- */

  const versions = () => new Map([...grid.querySelectorAll("a.lv")].map((cell) => [cell.id, cell.dataset.v]));
  const named = (cell) => [cell.closest("tr").dataset.profile, grid.tHead.rows[0].cells[cell.parentElement.cellIndex].dataset.domain];

  document.addEventListener("paste", (event) => {
    const cell = active() && cellOf(document.activeElement);
    const text = cell && event.clipboardData.getData("text/plain");
    if (!text) return;
    event.preventDefault();
    later(async () => {
      const known = versions();
      const seen = [...grid.querySelectorAll("a.lv:not([data-v='0'])")].map((item) => `${named(item).join("/")}:${item.dataset.v}`);
      const [profile, domain] = named(byId(cell.id));
      for (const item of grid.querySelectorAll(".rejected")) item.classList.remove("rejected");
      await htmx.ajax("POST", grid.dataset.paste, { source: grid, swap: "none", values: { profile, domain, text, seen } });
      settle();
      const refused = new Set([...document.querySelectorAll("#colle [data-rejected]")].map((link) => link.dataset.goes));
      keep([...versions()].filter(([id, version]) => known.get(id) !== version && !refused.has(id)).map(([id]) => [id, known.get(id)]));
      if (!refused.size) byId(cell.id).focus();
    });
  });

  /* ---- The panel of a cell. ---- */

  let opened = null;

  async function show(cell) {
    await htmx.ajax("GET", cell.href, { source: cell, target: place, swap: "innerHTML" });
    title.textContent = place.querySelector("form")?.dataset.title ?? "";
  }

  async function open(cell) {
    go(cell);
    opened = cell.id;
    await show(cell);
    if (opened !== cell.id) return;
    panel.hidden = false;
    const spot = cell.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    const below = spot.bottom + panel.offsetHeight < innerHeight || spot.top < panel.offsetHeight;
    panel.style.top = `${scrollY + (below ? spot.bottom + 6 : spot.top - panel.offsetHeight - 6)}px`;
    panel.style.left = `${Math.max(8, Math.min(spot.left - panel.offsetWidth / 2, width - panel.offsetWidth - 8))}px`;
    (place.querySelector("input:checked") ?? title).focus();
    panel.scrollIntoView({ block: "nearest" });
  }

  function close(back) {
    const cell = opened && byId(opened);
    opened = null;
    panel.hidden = true;
    if (back) cell?.focus();
  }

  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(true);
  });
  panel.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !panel.contains(relatedTarget)) close(false);
  });

  /* ---- The grid. ---- */

  const active = () => grid.getAttribute("role") === "grid";
  const typing = (target) => target.matches("input:not([type=radio], [type=checkbox]), textarea, select");

  grid.addEventListener("keydown", (event) => {
    const stop = active() && event.target.closest("tbody th a, a.lv");
    if (!stop || event.metaKey || event.altKey) return;
    const cell = cellOf(stop);
    const key = event.key.toUpperCase();
    if (/^(Arrow|Home$|End$)/.test(event.key)) move(stop, event.key, event.ctrlKey);
    else if (event.ctrlKey || !cell) return;
    else if (key in LEVELS) post(cell, { level: LEVELS[key] });
    else if (key in REACH) post(cell, { perimeter: REACH[key] });
    else if (event.key === "Enter") open(cell);
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey || typing(event.target)) return;
    event.preventDefault();
    undo();
  });
  undoButton.addEventListener("click", undo);

  document.addEventListener("click", (event) => {
    const { target } = event;
    if (target.closest?.("[data-shuts]")) return close(true);
    if (!active() || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const goal = byId(target.closest?.("[data-goes]")?.dataset.goes);
    const cell = cellOf(target) ?? cellOf(goal);
    if (cell || goal) event.preventDefault();
    if (cell) open(cell);
    else if (goal) goal.focus();
    else if (opened && !panel.contains(target)) close(false);
  });

  function dress() {
    close(false);
    take(grid, wide.matches, grid.querySelector("a.lv"));
  }

  wide.addEventListener("change", dress);
  dress();
})();
