// What visitors do with a quote: copy its link, share it, print it, save it for programs.

// So long the last edit may take; a worker that has died answers never.
const PATIENCE_MS = 1000;
const SHOWN_MS = 2500;

/** Wait for an answer that is on its way, but not for ever. */
export function soon(asking) {
  return Promise.race([asking, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
}

/** Say on the button itself what came of it. */
export function confirm(button, text) {
  button.dataset.label ??= button.textContent;
  button.textContent = text;
  clearTimeout(Number(button.dataset.timer));
  button.dataset.timer = setTimeout(() => (button.textContent = button.dataset.label), SHOWN_MS);
}

/** Copy a link; what to say of it. */
export async function copy(link, { done, failed }) {
  try {
    await navigator.clipboard.writeText(link);
    return done;
  } catch {
    return failed;
  }
}

/** Whether the browser can hand a link on to other programs. */
export const canShare = Boolean(navigator.share);

/** Hand a link on; nothing is said of it, since the browser shows what it does. */
export async function share(url, text) {
  try {
    await navigator.share({ title: document.title, text, url });
  } catch {
    // given up by the visitor
  }
}

/** Print the quote alone: the style sheet leaves the rest of the page out. */
export function print() {
  const { dataset } = document.documentElement;
  window.addEventListener("afterprint", () => delete dataset.print, { once: true });
  dataset.print = "quote";
  window.print();
}

/** Save a quote as JSON, under the day on which it was made. */
export function save(json, provider) {
  const file = new Blob([json], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `${provider}-quote-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}
