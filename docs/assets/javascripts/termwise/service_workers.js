/** The browser's service workers; none where a page may not have any, and already asking throws. */
export function serviceWorkers() {
  try {
    return navigator.serviceWorker;
  } catch {
    return undefined;
  }
}
