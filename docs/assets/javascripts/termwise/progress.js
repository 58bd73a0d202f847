// How much of Python has come: a bar, and the words beside it.

const MEGABYTE = 1_000_000;

/** Show what was loaded, of how many bytes that travel, in a part of the page that may be missing. */
export function showProgress(part, { loaded, total }) {
  const bar = part?.querySelector("progress");
  const text = part?.querySelector("[data-loading]");
  if (bar) bar.value = loaded / total;
  if (!text) return;
  const { loading, starting, decimal } = text.dataset;
  const megabytes = (bytes) => (bytes / MEGABYTE).toFixed(1).replace(".", decimal);
  text.textContent = (loaded < total ? loading : starting)
    .replace("{loaded}", megabytes(loaded))
    .replace("{total}", megabytes(total));
}
