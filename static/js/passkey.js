/* Passkeys: the only pages that need a script. The ceremony is django-allauth's (mfa/js/webauthn.js); this wires it to our pages.

   A form with data-passkey="login|authenticate|add" holds a hidden field « credential » and a button with data-passkey-go.
   It is hidden until we know that the browser can do it; data-passkey-missing is then shown instead when it can't.
   data-passkey-failed says that the ceremony was cancelled or failed. */
"use strict";

(() => {
  // An authenticator is bound to a domain name: an address in figures has none.
  const named = !/^(\d+\.){3}\d+$|^\[/.test(location.hostname);
  const able = "PublicKeyCredential" in window && named;

  const show = (selector, shown) => {
    for (const element of document.querySelectorAll(selector)) element.hidden = !shown;
  };

  show("[data-passkey-missing]", !able);
  if (!able) return;

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const kind = form.dataset.passkey;
    const button = form.querySelector("[data-passkey-go]");
    const credential = form.querySelector("[name=credential]");
    window.allauth.webauthn.forms[kind + "Form"]({
      ids: { [kind]: button.id, credential: credential.id, data: "js_data", passwordless: form.querySelector("[name=passwordless]")?.id },
    });
    button.addEventListener("click", () => show("[data-passkey-failed]", false));
    form.hidden = false;
  }

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    show("[data-passkey-failed]", true);
    document.querySelector("[data-passkey-failed]")?.focus();
  });
})();
