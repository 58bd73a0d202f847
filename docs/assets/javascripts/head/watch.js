// Answers for a calculator as long as its script does not: an edit marks the figure, and what keeps
// the script from listening is told with what helps. When the script comes after all, it takes over.
import "./start.js";
import { markStale, tellReason } from "../termwise/states.js";

const PATIENCE_MS = 2000;
let reason = "slow";

const deaf = () =>
  [...document.querySelectorAll("termwise-calculator")].filter(({ listening }) => !listening);

function tell() {
  for (const calculator of deaf()) {
    calculator.dataset.state = "failed";
    tellReason(calculator, reason);
  }
}

/** The page as the server has it by now, with the entries, past a script that arrived spoiled. */
async function reload(calculator) {
  const asked = new URLSearchParams(location.search);
  for (const [name, value] of new FormData(calculator.querySelector("form"))) asked.set(name, value);
  history.replaceState(history.state, "", `?${asked}${location.hash}`);
  const { src } = document.querySelector("script[type=module]");
  const again = { cache: "reload", signal: AbortSignal.timeout?.(PATIENCE_MS) };
  await fetch(src, again).catch(() => {});
  location.reload();
}

// A script that is refused, missing or of the wrong kind, or one that stops before it listens.
addEventListener("error", ({ target }) => {
  if (target !== window && target.type !== "module") return;
  const hasNoRights = origin === "null"; // in a frame of another page; or it is a file
  if (hasNoRights) reason = "framed";
  else if (!window.customElements) reason = "unsupported";
  else reason = navigator.onLine ? "script" : "offline";
  tell();
}, true);
addEventListener("online", () => deaf().forEach(reload));
document.addEventListener("readystatechange", () =>
  setTimeout(tell, reason === "slow" ? PATIENCE_MS : 0));
document.addEventListener("input", ({ target }) => {
  const calculator = target.closest("termwise-calculator");
  if (calculator && !calculator.listening) markStale(calculator, true);
});
document.addEventListener("click", ({ target }) => {
  const calculator = target.closest("termwise-calculator");
  const action = target.closest("[data-action]")?.dataset.action;
  if (action === "reload" || (action === "retry" && !calculator.listening)) reload(calculator);
});
