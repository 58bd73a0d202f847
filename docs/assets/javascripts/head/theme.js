// Light or dark, before the first paint. Without a choice of the visitor's own, the device decides.
import "./offer.js";
const root = document.documentElement;
root.classList.replace("no-js", "js");

const stored = () => {
  try { return localStorage.getItem("termwise.theme") ?? ""; } catch { return ""; }
};
const store = (theme) => {
  try { localStorage.setItem("termwise.theme", theme); } catch { /* private mode: for this page only */ }
};
const show = (theme) => {
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  else delete root.dataset.theme;
};

show(stored());
addEventListener("DOMContentLoaded", () => {
  const choice = document.querySelector("[data-tw-theme]");
  if (!choice) return;
  choice.value = root.dataset.theme ?? "";
  choice.closest("[hidden]").hidden = false;
  choice.addEventListener("change", () => { show(choice.value); store(choice.value); });
});
