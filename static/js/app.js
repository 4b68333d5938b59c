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

  /* ---- Drafts: what was typed and could not be saved, in this tab only, given back after login. ---- */

  const DRAFT = "draft:";
  const KEPT = "kept"; // a save failed: give the text back
  const SENT = "sent"; // the form left by a plain POST: give the text back only if the login page came instead

  const draftKey = (form) => DRAFT + location.pathname + "#" + (form.id || form.getAttribute("action") || "");

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

  function readDrafts() {
    for (const key of Object.keys(sessionStorage).filter((name) => name.startsWith(DRAFT))) {
      const draft = JSON.parse(sessionStorage.getItem(key));
      if (!user) {
        // The login page, or another page for anyone: what was sent did not arrive.
        sessionStorage.setItem(key, JSON.stringify({ ...draft, state: KEPT }));
      } else if (draft.user !== user || draft.state === SENT) {
        sessionStorage.removeItem(key);
      }
    }
    if (!user) return;
    for (const form of document.forms) {
      const draft = sessionStorage.getItem(draftKey(form));
      if (!draft) continue;
      giveBack(form, JSON.parse(draft));
      dropDraft(form);
      notify("restored");
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

  const formOf = (element) => element?.closest?.("form");

  function retryOf({ requestConfig: { elt, triggeringEvent: event } }) {
    return event ? () => htmx.trigger(elt, event.type) : null; // a page that asks by itself asks again by itself
  }

  function failed({ detail }) {
    const writes = detail.requestConfig.verb !== "get";
    if (writes) keepDraft(formOf(detail.requestConfig.elt), KEPT);
    const { status } = detail.xhr; // 0 when the line was cut
    if (status === 401) sessionOver(detail.xhr.getResponseHeader("X-Login-URL"));
    else if (!writes) notify("stale", retryOf(detail));
    else if (status === 403) notify("refused");
    else notify(status ? "failed" : "offline", retryOf(detail));
  }

  for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) document.addEventListener(failure, failed);

  let focusedBefore = "";
  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (detail.elt.contains(document.activeElement)) focusedBefore = document.activeElement.id;
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (!detail.successful) return;
    // requestConfig.elt: the swap may have taken the form away, and detail.elt is then its parent.
    dropDraft(formOf(detail.requestConfig.elt));
    document.querySelectorAll("[data-notice=offline], [data-notice=stale]").forEach((toast) => toast.remove());
  });
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const arrived = detail.elt.matches("[data-focus]") ? detail.elt : detail.elt.querySelector("[data-focus]");
    if (arrived) arrived.focus();
    // htmx gives the focus back to the same id; a control that was disabled meanwhile had already lost it.
    else if (document.activeElement === document.body && focusedBefore) byId(focusedBefore)?.focus();
    focusedBefore = "";
    fadeToasts();
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

  // Paper shows what is folded.
  const folded = () => document.querySelectorAll("details:not([open])");
  addEventListener("beforeprint", () => folded().forEach((details) => { details.open = true; details.dataset.folded = ""; }));
  addEventListener("afterprint", () =>
    document.querySelectorAll("details[data-folded]").forEach((details) => { details.open = false; delete details.dataset.folded; }));

  readDrafts();
  document.querySelector("[data-focus]")?.focus();
  fadeToasts();
  page.dataset.ready = "";
})();
