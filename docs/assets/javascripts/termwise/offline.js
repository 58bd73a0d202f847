// On pages with a calculator, or the comparison: once it answers, the service worker keeps the page for the time
// without a network. Before that nothing is registered, and nothing competes with Python.

import { serviceWorkers } from "./service_workers.js";

const ROOT = import.meta.url.slice(0, import.meta.url.lastIndexOf("/assets/") + 1);
// `termwise serve` gives scripts no digests: there every reload shows what was edited.
const PUBLISHED = import.meta.url.startsWith(`${ROOT}assets/termwise/`);
const AFTER_MS = 1000; // the visitor's first edits go first

/** The service worker of the newest release, told by the server. */
async function serviceWorker() {
  const registration = await navigator.serviceWorker.register(`${ROOT}service-worker.js`);
  if (registration.active) await registration.update(); // else it is the newest anyway
  return registration.installing ?? registration.waiting ?? registration.active;
}

async function keepPage() {
  try {
    (await serviceWorker()).postMessage({ keep: location.href });
  } catch (problem) {
    console.debug("Not kept for offline use:", problem); // offline, or forbidden in this browser
  }
}

if (PUBLISHED && serviceWorkers()) {
  const keepSoon = () => setTimeout(keepPage, AFTER_MS);
  if (document.querySelector(":is(termwise-calculator, termwise-comparison)[data-state=ready]")) keepSoon();
  else addEventListener("termwise:ready", keepSoon, { once: true });
}
