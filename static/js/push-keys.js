/* Copies a new key. Loaded with defer on the page that shows it; without it the key is selected by hand. */
"use strict";

(() => {
  const button = document.querySelector("[data-copies]");
  const field = document.getElementById(button?.dataset.copies);
  const said = document.querySelector("[data-copied]");
  if (!field) return;
  field.addEventListener("focus", () => field.select());
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = "La clé est copiée.";
    } catch {
      field.select();
      said.textContent = "La copie n’a pas pu se faire : la clé est sélectionnée, copiez-la au clavier.";
    }
  });
})();
