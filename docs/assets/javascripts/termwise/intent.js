// On pages without a calculator: when the visitor turns to a link to a page with one, fetch ahead
// what that page names, once; Python is for who turns to its form. Nothing where data are dear.

import { arrival } from "./arrival.js";
import { serviceWorkers } from "./service_workers.js";

const ROOT = import.meta.url.slice(0, import.meta.url.lastIndexOf("/assets/") + 1);
const LEADS_TO_CALCULATOR = /\/providers\/[^/]+\/$/;
const DWELL_MS = 80; // longer than a pointer on its way to something else stays
const AFTER_MS = 1000;

const fetched = new Map();
let turning;

/** The text at an address, asked for once and behind everything else. */
function ahead(address) {
  if (!fetched.has(address)) {
    const text = arrival(address, { priority: "low" }).then((response) => response.text());
    fetched.set(address, text.catch(() => "")); // the next page asks again, and tells what is wrong
  }
  return fetched.get(address);
}

async function warmUp(address) {
  const page = await ahead(address);
  for (const path of new Set(page.match(/assets\/termwise\/[^"'\s<>]+/g))) ahead(ROOT + path);
}

function turnTo({ target }) {
  clearTimeout(turning);
  const link = target.closest?.("a[href]");
  if (!link || link.origin !== location.origin) return;
  if (!LEADS_TO_CALCULATOR.test(link.pathname)) return;
  turning = setTimeout(warmUp, DWELL_MS, link.origin + link.pathname);
}

function dataAreDear() {
  const { saveData, effectiveType } = navigator.connection ?? {};
  return saveData || ["slow-2g", "2g"].includes(effectiveType);
}

if (!dataAreDear()) {
  for (const type of ["pointerover", "focusin", "touchstart"]) {
    document.addEventListener(type, turnTo, { passive: true });
  }
}

// Who has a service worker, from a page with a calculator, finds this page without a network, too.
const keep = { keep: location.href };
setTimeout(() => serviceWorkers()?.controller?.postMessage(keep), AFTER_MS);
