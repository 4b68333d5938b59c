/* Moving in a grid (WAI-ARIA): one cell is reached by Tab at a time; arrows, Home and End go to the others, with Ctrl to
   the first or the last row. Before the script of the page that has one. */
"use strict";

function roving(rows, stopsOf) {
  let current = null;

  function reach(stop) {
    if (current) current.tabIndex = -1;
    current = stop;
    current.tabIndex = 0;
  }

  function go(stop) {
    if (stop) reach(stop);
    stop?.focus();
  }

  function move(stop, key, whole) {
    const row = stop.closest("tr");
    const stops = stopsOf(row);
    const [at, line] = [stops.indexOf(stop), rows.indexOf(row)];
    const inRow = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: stops.length - 1 }[key];
    const inColumn = { ArrowUp: line - 1, ArrowDown: line + 1 }[key] ?? (whole ? { Home: 0, End: rows.length - 1 }[key] : undefined);
    if (inColumn !== undefined) go(rows[inColumn] && stopsOf(rows[inColumn])[whole ? inRow : at]);
    else go(stops[inRow]);
  }

  /* A grid where there is room for one (`on`), otherwise links and fields as they stand. `first`: reached before any. */
  function take(grid, on, first) {
    for (const stop of rows.flatMap(stopsOf)) {
      if (on) stop.tabIndex = -1;
      else stop.removeAttribute("tabindex");
    }
    if (on) grid.setAttribute("role", "grid");
    else grid.removeAttribute("role");
    if (on) reach(current ?? first);
  }

  return { current: () => current, reach, go, move, take };
}
