// Megabytes are for visitors who have them.

/**
 * Start Python at once. Where data are saved: when the visitor turns to the form, or has come by a
 * link to a scenario, whose price only Python knows.
 */
export function whenWanted(form, start) {
  if (!navigator.connection?.saveData || location.search) return start();
  const waiting = new AbortController();
  const begin = () => {
    waiting.abort();
    start();
  };
  for (const type of ["pointerdown", "focusin"]) {
    form.addEventListener(type, begin, { signal: waiting.signal });
  }
}
