// Megabytes are for who wants a price, not for who reads.

const SIGNS = ["pointerover", "pointerdown", "touchstart", "focusin", "input"];
const SURE = ["pointerdown", "focusin", "input"]; // where data are dear

/** Start at the first sign that the visitor turns to the form; or when what is returned is called. */
export function atFirstSign(form, start) {
  const waiting = new AbortController();
  const begin = () => {
    if (waiting.signal.aborted) return;
    waiting.abort();
    start();
  };
  for (const type of navigator.connection?.saveData ? SURE : SIGNS) {
    form.addEventListener(type, begin, { signal: waiting.signal, passive: true });
  }
  return begin;
}
