/* What pages need a script for; without it they still work. Loaded with defer, after htmx. No inline code anywhere.

   Contract with the pages:
   - <html data-user="…">: who is signed in, empty when nobody is. Drafts are given back to that person only.
   - the component « notices » once a page: its live region, its words, its dialog.
   - data-opens="id" (a dialog), data-closes (a toast), data-focus (takes the focus when it arrives), data-no-draft (a form).
   - a request made when the session is over is answered 401; the login address may come in X-Login-URL. */
"use strict";

(() => {
  const page = document.documentElement;
  const user = page.dataset.user ?? "";
  const byId = (id) => document.getElementById(id);
  const SWITCH = "form[data-settles]";
  const FIRST = "textarea, select, input:not([type=hidden]), a[href], button";

  /* ---- Drafts: what was typed and could not be saved, in this tab only, given back after login. ---- */

  const DRAFT = "draft:";
  const KEPT = "kept"; // a save failed: give the text back
  const SENT = "sent"; // the form left by a plain POST: give the text back only if the login page came instead

  // By the address that the form posts to: the forms of two actions share their ids, one after the other in the panel.
  const draftKey = (form) => DRAFT + (form.getAttribute("action") || location.pathname) + "#" + form.id;

  // The version goes along: if someone saved meanwhile, the text given back meets a conflict and overwrites nothing.
  const typed = (form) =>
    [...form.elements].filter(
      (field) => field.name && field.matches("textarea, select, [name=version], input:not([type=hidden], [type=password], [type=file], [type=submit])"),
    );

  function keepDraft(form, state) {
    if (!form?.matches("[method=post i], [hx-post]") || form.matches("[data-no-draft]") || form.querySelector("[type=password]")) return;
    const values = typed(form).map((field) => [field.name, field.type, field.value, Boolean(field.checked)]);
    if (!values.length) return;
    try {
      sessionStorage.setItem(draftKey(form), JSON.stringify({ user, state, values }));
    } catch {
      // Storage is full or forbidden: the text stays in the page, which is all that can be done.
    }
  }

  function dropDraft(form) {
    if (form) sessionStorage.removeItem(draftKey(form));
  }

  function giveBack(form, draft) {
    for (const [name, type, value, checked] of draft.values) {
      const fields = typed(form).filter((field) => field.name === name);
      if (type === "radio" || type === "checkbox") {
        for (const field of fields) if (field.value === value) field.checked = checked;
      } else if (fields.length) {
        fields[0].value = value;
      }
    }
  }

  function sortDrafts() {
    for (const key of Object.keys(sessionStorage).filter((name) => name.startsWith(DRAFT))) {
      const draft = JSON.parse(sessionStorage.getItem(key));
      if (!user) {
        // The login page, or another page for anyone: what was sent did not arrive.
        sessionStorage.setItem(key, JSON.stringify({ ...draft, state: KEPT }));
      } else if (draft.user !== user || draft.state === SENT) {
        sessionStorage.removeItem(key);
      }
    }
  }

  function readDrafts(place) {
    if (!user) return;
    for (const form of document.forms) {
      const draft = place.contains(form) && sessionStorage.getItem(draftKey(form));
      if (!draft) continue;
      giveBack(form, JSON.parse(draft));
      dropDraft(form);
      if (form.matches(SWITCH)) settle(form);
      else notify("restored");
    }
  }

  /* ---- Notices. The words are in the page (component « notices »), never here. ---- */

  function notify(name, retry) {
    const template = byId("notice-" + name);
    const region = byId("toasts");
    if (!template || !region) return;
    region.querySelector(`[data-notice="${name}"]`)?.remove();
    const toast = template.content.firstElementChild.cloneNode(true);
    toast.dataset.notice = name;
    const button = toast.querySelector("[data-retries]");
    if (retry) button?.addEventListener("click", () => { toast.remove(); retry(); });
    else button?.remove();
    region.append(toast);
  }

  function fadeToasts() {
    for (const toast of document.querySelectorAll(".toast[data-fades]")) {
      delete toast.dataset.fades;
      setTimeout(() => { if (!toast.contains(document.activeElement)) toast.remove(); }, 10000);
    }
  }

  function sessionOver(address) {
    const login = byId("session-login");
    if (!login) return;
    const target = new URL(address || login.href, location.href);
    // A fragment's own address would make a poor page to come back to.
    target.searchParams.set("next", location.pathname + location.search);
    login.href = target.href;
    const dialog = byId("session-over");
    if (!dialog.open) dialog.showModal();
  }

  /* ---- htmx: failures are told, what was typed stays, the focus does not get lost. ---- */

  let leaving = false; // the browser cuts the requests of a page that is left: no failure
  const formOf = (element) => element?.closest?.("form");

  function retryOf({ requestConfig: { elt, triggeringEvent: event } }) {
    return event ? () => htmx.trigger(elt, event.type) : null; // a page that asks by itself asks again by itself
  }

  function failed({ detail }) {
    if (leaving) return;
    const writes = detail.requestConfig.verb !== "get";
    if (writes) keepDraft(formOf(detail.requestConfig.elt), KEPT);
    const { status } = detail.xhr; // 0 when the line was cut
    if (status === 401) sessionOver(detail.xhr.getResponseHeader("X-Login-URL"));
    else if (!writes) notify("stale", retryOf(detail));
    else if (status === 403) notify("refused");
    else notify(status ? "failed" : "offline", retryOf(detail));
  }

  for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) document.addEventListener(failure, failed);

  // A date half typed reads as empty: sent as it is not, so that it is refused in words and erases nothing.
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    for (const field of formOf(detail.elt)?.elements ?? []) if (field.validity?.badInput) detail.parameters[field.name] = "?";
  });

  const controlIn = (place) => place?.querySelector("input:checked") ?? place?.querySelector(FIRST);
  let focusedBefore = null;
  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (detail.elt.contains(document.activeElement)) focusedBefore = { id: document.activeElement.id, place: detail.target.id };
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (!detail.successful) return;
    // requestConfig.elt: the swap may have taken the form away, and detail.elt is then its parent.
    dropDraft(formOf(detail.requestConfig.elt));
    document.querySelectorAll("[data-notice=offline], [data-notice=stale]").forEach((toast) => toast.remove());
  });
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const arrived = detail.elt.matches("[data-focus]") ? detail.elt : detail.elt.querySelector("[data-focus]");
    const same = focusedBefore?.id ? byId(focusedBefore.id) : null;
    const lost = document.activeElement === document.body && focusedBefore;
    // Who sends from the panel stays at the control; who opens it goes there; a control that is gone leaves its place.
    if (arrived) (arrived.contains(same) ? same : arrived).focus();
    else if (lost) (same ?? controlIn(byId(focusedBefore.place)))?.focus();
    focusedBefore = null;
    readDrafts(detail.elt);
    fadeToasts();
  });

  /* ---- A switch (data-settles): a pointer's choice is saved at once. Arrow keys move the choice and save nothing;
     Space, Enter or leaving the switch saves it. A choice without an answer is sent when the page is left. ---- */

  let moving = false;
  const switchOf = (element) => element?.closest?.(SWITCH);
  const choiceOf = (form) => [...form.elements].find((field) => field.type === "radio" && field.checked && !field.defaultChecked);

  function settle(form) {
    if (choiceOf(form) && !form.matches(".htmx-request")) htmx.trigger(form, "settled");
  }

  document.addEventListener("keydown", (event) => {
    const form = switchOf(event.target);
    if (!form) return;
    if (event.key.startsWith("Arrow")) {
      moving = true;
      if (form.matches(".htmx-request")) event.preventDefault();
    } else if (event.key === "Enter" || event.key === " ") {
      if (event.key === "Enter" || choiceOf(form)) event.preventDefault();
      settle(form);
    }
  });
  document.addEventListener("keyup", () => { moving = false; });
  for (const event of ["click", "change"]) {
    document.addEventListener(event, ({ target }) => {
      const form = target.type === "radio" && !moving && switchOf(target);
      if (form) settle(form);
    });
  }
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    const form = switchOf(target);
    // Another window: the focus has not left the switch.
    if (!form || form.contains(relatedTarget) || form.contains(document.activeElement)) return;
    moving = false;
    settle(form);
  });

  addEventListener("pagehide", () => {
    leaving = true;
    for (const form of document.querySelectorAll(SWITCH)) {
      if (!choiceOf(form)) continue;
      dropDraft(form);
      fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true, redirect: "manual" }).catch(() => {});
    }
  });
  addEventListener("pageshow", ({ persisted }) => {
    leaving = false;
    if (persisted && [...document.querySelectorAll(SWITCH)].some(choiceOf)) location.reload();
  });

  /* ---- The page itself. ---- */

  document.addEventListener("submit", ({ target }) => {
    if (!target.matches("[hx-post], [hx-put], [hx-patch]")) keepDraft(target, SENT);
  });

  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-opens]");
    if (opener) {
      event.preventDefault();
      byId(opener.dataset.opens)?.showModal();
    }
    event.target.closest?.("[data-closes]")?.closest(".toast")?.remove();
  });

  // Menus where the browser has no popover: the same buttons, by class.
  if (!("popover" in HTMLElement.prototype)) {
    const close = () => document.querySelectorAll("[popover].open").forEach((menu) => menu.classList.remove("open"));
    document.addEventListener("click", (event) => {
      const menu = byId(event.target.closest?.("[popovertarget]")?.getAttribute("popovertarget"));
      const opens = menu && !menu.classList.contains("open");
      if (!event.target.closest?.("[popover].open")) close();
      if (opens) menu.classList.add("open");
    });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  }

  // A selection: how many boxes are checked, all those of a place at once.
  const boxes = (place) => [...place.querySelectorAll(".pick input")];
  function countChosen() {
    const told = document.querySelector("[data-chosen]");
    if (!told) return;
    const [number, words] = told.children;
    const count = boxes(document).filter((box) => box.checked).length;
    number.textContent = count;
    words.textContent = count > 1 ? words.dataset.many : words.dataset.one;
    told.hidden = false;
  }
  document.addEventListener("change", ({ target }) => { if (target.closest(".pick")) countChosen(); });
  document.addEventListener("click", ({ target }) => {
    const all = target.closest?.("[data-checks]");
    if (all) {
      const there = boxes(byId(all.dataset.checks));
      const checked = there.some((box) => !box.checked);
      for (const box of there) box.checked = checked;
      countChosen();
    }
    if (target.closest?.("[data-prints]")) print();
  });
  countChosen();

  // Tabs that scroll on one line, on a phone, show the current one.
  for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
    const line = tab.closest("ul");
    line.scrollLeft += tab.getBoundingClientRect().left - line.getBoundingClientRect().left - (line.clientWidth - tab.offsetWidth) / 2;
  }

  // Paper shows what is folded.
  const folded = () => document.querySelectorAll("details:not([open])");
  addEventListener("beforeprint", () => folded().forEach((details) => { details.open = true; details.dataset.folded = ""; }));
  addEventListener("afterprint", () =>
    document.querySelectorAll("details[data-folded]").forEach((details) => { details.open = false; delete details.dataset.folded; }));

  sortDrafts();
  readDrafts(document);
  document.querySelector("[data-focus]")?.focus();
  fadeToasts();
  page.dataset.ready = "";
})();
