/* « @ » in a message offers the people whom it may name. Without it, typing the name works all the same.

   A textarea with data-mentions="id" names a datalist: value is the name, text the roles. The names are in the page: no request
   a key. Arrows move, Enter or Tab chooses, Escape closes; the focus never leaves the text. */
"use strict";

(() => {
  const LIST = "mentions";
  const MOST = 6;
  let field = null; // the textarea being helped, while the list is open
  let start = 0; // where its « @ » is

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const list = () => document.getElementById(LIST);
  const current = () => list()?.querySelector("[aria-selected=true]");

  /* The people whose name, or a word of it, begins as what is typed after « @ ». */
  function matching(area) {
    const before = area.value.slice(0, area.selectionStart);
    const typed = /(?:^|[^\p{L}\p{N}_@.])@([\p{L}\p{N}_'’ -]{0,40})$/u.exec(before);
    if (!typed) return [];
    start = area.selectionStart - typed[1].length - 1;
    const asked = fold(typed[1]);
    const names = [...document.getElementById(area.dataset.mentions)?.options ?? []];
    const begins = ({ value }) => fold(value).startsWith(asked);
    const within = (option) => !begins(option) && fold(option.value).split(/[ -]/).some((word) => word.startsWith(asked));
    // A name already written whole asks for nothing more.
    return names.some(({ value }) => asked.startsWith(fold(value) + " ")) ? [] : [...names.filter(begins), ...names.filter(within)].slice(0, MOST);
  }

  function close() {
    list()?.remove();
    field?.removeAttribute("aria-activedescendant");
    field?.removeAttribute("aria-controls");
    field = null;
  }

  function select(option) {
    current()?.setAttribute("aria-selected", "false");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
  }

  function open(area) {
    const people = matching(area);
    close();
    if (!people.length) return;
    field = area;
    const box = Object.assign(document.createElement("ul"), { id: LIST, className: "menu mentions" });
    box.setAttribute("role", "listbox");
    box.setAttribute("aria-label", "Personnes à nommer");
    people.forEach(({ value, text }, index) => {
      const option = Object.assign(document.createElement("li"), { id: `${LIST}-${index}`, textContent: value });
      option.setAttribute("role", "option");
      option.dataset.name = value;
      option.append(Object.assign(document.createElement("small"), { className: "muted", textContent: ` ${text}` }));
      box.append(option);
    });
    area.after(box);
    area.setAttribute("aria-controls", LIST);
    select(box.firstElementChild);
  }

  function choose(option) {
    const area = field;
    area.setRangeText(`@${option.dataset.name} `, start, area.selectionStart, "end");
    close();
    area.focus();
  }

  document.addEventListener("input", ({ target }) => {
    if (target.matches?.("textarea[data-mentions]")) open(target);
  });
  document.addEventListener("keydown", (event) => {
    if (!field || event.target !== field) return;
    const option = current();
    if (event.key === "ArrowDown") select(option.nextElementSibling ?? list().firstElementChild);
    else if (event.key === "ArrowUp") select(option.previousElementSibling ?? list().lastElementChild);
    else if (event.key === "Enter" || event.key === "Tab") choose(option);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  // The press, not the click: the focus stays in the text.
  document.addEventListener("pointerdown", (event) => {
    const option = event.target.closest?.(`#${LIST} [role=option]`);
    if (!option) return;
    event.preventDefault();
    choose(option);
  });
  document.addEventListener("focusout", ({ target }) => { if (target === field) close(); });
})();
