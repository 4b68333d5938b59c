/* Answering the risk questionnaire: nobody leaves before the mark just given is saved; by keyboard 1 to 9 mark, 0 marks 10,
   N is « non concerné », left and right change question, off while one types and by a button. Loaded with defer, after
   app.js, on answering pages; without it they are plain forms and links. */
"use strict";

(() => {
  const screen = document.querySelector("[data-answers]");
  if (!screen) return;

  /* ---- Leaving waits for what is being saved. ---- */

  const saving = () => screen.querySelector("form.htmx-request");
  let wanted = "";
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || !saving() || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    wanted = link.href;
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (!detail.successful) wanted = "";
    // A mark given meanwhile is sent right after this answer.
    setTimeout(() => { if (wanted && !saving()) location.assign(wanted); });
  });

  /* ---- What app.js gives back after the session was over is sent at once: nobody taps twice on a mark that is there. ---- */

  const changed = (field) => (field.type === "radio" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue);
  document.addEventListener("DOMContentLoaded", () => { // htmx is ready by then
    for (const form of screen.querySelectorAll("form.answer")) {
      if ([...form.querySelectorAll("[name=mark], textarea")].some(changed)) htmx.trigger(form, "change");
    }
  });

  /* ---- Keys. ---- */

  const help = screen.querySelector("[data-keys]");
  if (!help) return;
  const OFF = "risk-keys-off";
  const button = help.querySelector("[data-switches]");
  const TYPED = "textarea, select, dialog, [popover], input:not([type=radio])";

  function show() {
    button.textContent = localStorage.getItem(OFF) ? button.dataset.off : button.dataset.on;
  }
  button.addEventListener("click", () => {
    if (localStorage.getItem(OFF)) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
    show();
  });
  help.hidden = false;
  show();

  // By the place of the key too: the digits of a French keyboard need no shift.
  const digitOf = ({ code, key }) => /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1] ?? (/^\d$/.test(key) ? key : "");

  document.addEventListener("keydown", (event) => {
    if (localStorage.getItem(OFF) || event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPED)) return;
    const way = { ArrowLeft: "previous", ArrowRight: "next" }[event.key];
    if (way) {
      event.preventDefault(); // on the scale, up and down move the choice
      if (!event.repeat) screen.querySelector(`a[data-moves=${way}]`)?.click();
      return;
    }
    const digit = digitOf(event);
    const mark = event.key.toLowerCase() === "n" ? "nc" : digit === "0" ? "10" : digit;
    if (mark && !event.repeat) screen.querySelector(`[name=mark][value="${mark}"]`)?.click();
  });
})();
