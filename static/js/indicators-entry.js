/* Entering a statement: a line is sent once it is whole, or left; Enter, up and down go from field to field; nobody leaves
   before what was typed is saved. Loaded with defer, after app.js; without it each line has its button. */
"use strict";

(() => {
  const page = document.querySelector("[data-entry]");
  if (!page) return;

  /* ---- A line is sent when all its numbers are there (or none is any more), or when the focus leaves it. ---- */

  const lineOf = (element) => element?.closest?.("form[data-line]");
  const typed = (form) => [...form.elements].filter((field) => field.name && field.matches("textarea, input:not([type=hidden])"));
  // A severity alone says nothing.
  const isBare = (form) => form.elements.text?.value.trim() === "";
  const values = (form) => JSON.stringify(typed(form).map((field) => (field.type === "radio" ? field.checked && !isBare(form) : field.value)));
  const known = new WeakMap(); // what a line said when it was last sent, or arrived
  const learn = (place) => { for (const form of place.querySelectorAll("form[data-line]")) if (!known.has(form)) known.set(form, values(form)); };
  learn(page);

  function isHalf(form) {
    const terms = typed(form).filter((field) => "term" in field.dataset);
    const filled = terms.filter((field) => field.value.trim()).length;
    return filled > 0 && filled < terms.length;
  }

  function send(form) {
    const now = values(form);
    if (known.get(form) === now) return;
    known.set(form, now);
    htmx.trigger(form, "line-ready");
  }

  page.addEventListener("change", ({ target }) => {
    const form = lineOf(target);
    // Why there is no value goes with the button that says which.
    if (form && !isHalf(form) && !(target.name === "why" && !form.elements.kept)) send(form);
  });
  page.addEventListener("focusout", ({ target, relatedTarget }) => {
    const form = lineOf(target);
    if (!form || form.contains(relatedTarget) || form.contains(document.activeElement)) return;
    if (form.elements.why?.value && !form.elements.kept && !isHalf(form)) return;
    send(form);
  });
  document.addEventListener("htmx:afterSettle", () => learn(page));
  // What could not be sent is sent again at the next change.
  for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"])
    document.addEventListener(failure, ({ detail }) => { const form = lineOf(detail.requestConfig.elt); if (form) known.set(form, ""); });
  // What app.js gives back after the session was over is sent at once.
  document.addEventListener("DOMContentLoaded", () => { // htmx is ready by then
    for (const form of page.querySelectorAll("form[data-line]")) {
      const changed = (field) => (field.type === "radio" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue);
      if (typed(form).some(changed)) { known.set(form, ""); send(form); }
    }
  });

  /* ---- The sum of the parts, as one types. ---- */

  const amount = (text) => Number(text.replace(/\s/g, "").replace(",", "."));
  page.addEventListener("input", ({ target }) => {
    const parts = target.closest?.("[data-sums]");
    const told = parts && lineOf(target).querySelector("[data-now]");
    if (!told) return;
    const sum = [...parts.querySelectorAll("input")].reduce((total, field) => total + amount(field.value), 0);
    told.textContent = Number.isFinite(sum) ? `Total : ${sum.toLocaleString("fr-FR")}` : "";
  });

  /* ---- Two ratios that count the same people: the second is proposed what the first says. ---- */

  page.addEventListener("focusin", ({ target }) => {
    const same = target.dataset?.same;
    if (!same || target.value || !lineOf(target).elements.amount.value) return;
    const other = [...page.querySelectorAll("[data-same]")].find((field) => field.dataset.same === same && field.value);
    if (other) { target.value = other.value; target.select(); }
  });

  /* ---- Keys. ---- */

  const FIELDS = "form[data-line] :is([data-term], [data-sums] input, details[open] input:not([type=radio]))";
  page.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !target.matches("form[data-line] input:not([type=radio])")) return;
    const way = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[key];
    if (!way) return;
    event.preventDefault();
    if (key === "Enter" && target.name === "why") { send(lineOf(target)); return; }
    const all = [...page.querySelectorAll(FIELDS)];
    const next = all[all.indexOf(target) + way];
    if (next) { next.focus(); next.select?.(); } else { target.blur(); page.querySelector("#rendre button")?.focus(); }
  });

  /* ---- Leaving and giving wait for what is being saved. ---- */

  const saving = () => page.querySelector("form.htmx-request");
  let wanted = null;
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || link.getAttribute("href").startsWith("#") || !saving() || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    wanted = () => location.assign(link.href);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-waits]") || !saving()) return;
    event.preventDefault();
    wanted = () => document.getElementById("rendre")?.requestSubmit();
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (!detail.successful) wanted = null;
    setTimeout(() => { // what was typed meanwhile is sent right after this answer
      if (!wanted || saving()) return;
      const go = wanted;
      wanted = null;
      go();
    });
  });
})();
