// What visitors do with a quote: copy its link, share it, print it, save it for programs.

// So long anything may take that may never come: a worker that has died does not answer.
const PATIENCE_MS = 1000;
const SHOWN_MS = 2500;

/** Wait for an answer that is on its way, but not for ever. */
export function soon(asking) {
  return Promise.race([asking, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
}

/** Copy a link, or none where the form is invalid; what came of it, said on the button as well. */
export async function copyLink(button, link) {
  const { done, failed, refused } = button.dataset;
  const told = link === null ? refused : await copy(link, { done, failed });
  confirm(button, told);
  return told;
}

/** Copy a text; what to say of it. */
export async function copy(text, { done, failed }) {
  try {
    await navigator.clipboard.writeText(text);
    return done;
  } catch {
    return failed;
  }
}

function confirm(button, text) {
  button.dataset.label ??= button.textContent;
  button.textContent = text;
  clearTimeout(Number(button.dataset.timer));
  button.dataset.timer = setTimeout(() => (button.textContent = button.dataset.label), SHOWN_MS);
}

/** Whether the browser can hand a link on to other programs. */
export const canShare = Boolean(navigator.share);

/**
 * Hand something on, or nothing where the form is invalid; what to say of it: nothing where it went
 * well or the visitor gave it up, since the browser shows that.
 */
export async function share(button, shared) {
  const told = shared === null ? button.dataset.refused : await handOn(shared, button.dataset.failed);
  if (told) confirm(button, told);
  return told;
}

async function handOn(shared, failed) {
  try {
    await navigator.share(shared);
    return "";
  } catch (error) {
    return error.name === "AbortError" ? "" : failed;
  }
}

/** A sentence with the day on which something was made, and the address where it can be had again. */
export function whenAndWhere(template, language, link) {
  const date = new Intl.DateTimeFormat(language, { dateStyle: "long" }).format();
  return template.replace("{date}", date).replace("{address}", link);
}

/** Print the quote alone: the style sheet leaves the rest of the page out. */
export function print() {
  const { dataset } = document.documentElement;
  window.addEventListener("afterprint", () => delete dataset.print, { once: true });
  dataset.print = "quote";
  window.print();
}

/** Save a quote as JSON, with the day on which it was made and the address that makes it anew. */
export function save(json, provider, link) {
  const day = new Date().toISOString().slice(0, 10);
  const content = JSON.stringify({ made: day, link, ...JSON.parse(json) }, null, 2);
  saveAs(`${provider}-quote-${day}.json`, `${content}\n`, "application/json");
}

/** Save a text as a file. */
export function saveAs(name, content, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), PATIENCE_MS); // a browser may ask where to
}
