// Keeps the pages that a visitor has used, with all they need, for the time without a network.
//
// hooks/termwise/site/service_worker.py puts this and what it imports into one file, below the line
// `const RELEASE = {…};`: `files`, each path that pages of this release share with its SHA-256, and
// `offline`, the page to show without a network by the beginning of the address (its language).
// `termwise serve` puts null there.
//
// Everything in assets/termwise/ has its digest in its name. So releases cannot mix: a page of any
// release finds its own files or none, and all releases lie side by side in one cache. Nothing is
// kept unread: a file must have its digest, a page must name files of this release, and is itself
// put last, when everything else it needs is there.
//
// In: {keep: address}    keep this page, once it has shown that it works
/* global RELEASE */
import { arrival } from "./assets/javascripts/termwise/arrival.js";
import { sha256 } from "./assets/javascripts/termwise/digests.js";

const ROOT = self.registration.scope;
const ASSETS = "assets/termwise/";
const CACHE = `termwise ${ROOT}`;
const PAGES_OWN = /\.([0-9a-f]{16})\.json$/; // one page needs it, so no release lists it

// Where the browser can be told in advance, files do not wait for this worker to start.
const ROUTES = [
  { condition: { urlPattern: { pathname: `${new URL(ROOT).pathname}${ASSETS}*`, search: "" } },
    source: { cacheName: CACHE } },
];

self.addEventListener("install", (event) => {
  self.skipWaiting(); // safe while another release is open: its files are kept by their names
  if (RELEASE) event.waitUntil(event.addRoutes?.(ROUTES));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(RELEASE ? self.clients.claim() : leave());
});

async function leave() {
  await caches.delete(CACHE);
  await self.registration.unregister();
}

// ---- Answering

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(ROOT)) return;
  if (request.mode === "navigate") event.respondWith(fetchedPage(request));
  else if (pathOf(request.url).startsWith(ASSETS)) event.respondWith(keptFile(request));
});

/** The network's page; without a network, or with a broken server, the kept one. */
async function fetchedPage(request) {
  const fetched = await fetch(request).catch(() => null);
  if (fetched && fetched.status < 500) return fetched;
  return (await kept(request.url)) ?? fetched ?? offlinePage(request.url);
}

/** The kept file; a second try of the page (it says `reload`) asks the network first. */
async function keptFile(request) {
  const again = request.cache === "reload";
  const fetched = again && (await fetch(request).catch(() => null));
  return fetched || (await kept(request.url)) || fetch(request);
}

/** Nothing, too, where the browser cannot read what it keeps. */
function kept(address) {
  return caches.match(bare(address), { cacheName: CACHE }).catch(() => undefined);
}

/** It is shown at any depth, so its addresses start at the root, wherever that is. */
async function offlinePage(address) {
  const language = pathOf(address).match(/^[^/]*\/?/)[0];
  const page = await kept(ROOT + (RELEASE.offline[language] ?? RELEASE.offline[""]));
  if (!page) return Response.error();
  const html = (await page.text()).replaceAll("{root}/", new URL(ROOT).pathname);
  return new Response(html, { status: 503, headers: page.headers });
}

// ---- Keeping

let keeping = Promise.resolve(); // one page at a time: none sweeps away what another has fetched

self.addEventListener("message", (event) => {
  if (!RELEASE) return;
  keeping = keeping.then(() => keep(event.data.keep)).catch(tell);
  event.waitUntil(keeping);
});

/** A full disk, a broken download, the login page of a network: nothing is lost but the copy. */
function tell(problem) {
  console.debug("Not kept for offline use:", problem);
}

async function keep(address) {
  const cache = await caches.open(CACHE);
  const page = await fetchRight(bare(address), async (one) => neededBy(await one.text()));
  for (const path of neededBy(await page.clone().text())) await keepFile(cache, path);
  await cache.put(bare(address), page);
  if (await isAlone()) await sweep(cache);
}

/** The response, unread, if it is right, which is asked of a copy. */
async function fetchRight(address, isRight) {
  for (const cache of ["force-cache", "reload"]) {
    const response = await arrival(address, { cache });
    if (response.ok && !response.redirected && (await isRight(response.clone()))) return response;
  }
  throw new Error(`${address} is not what this release says`);
}

/** Paths of all files that a page needs; null for a page that is not of this release. */
function neededBy(html) {
  const named = html.match(/assets\/termwise\/[^"'\s<>]+/g) ?? [];
  if (!named.length || !named.every((path) => path in RELEASE.files || PAGES_OWN.test(path))) {
    return null;
  }
  const calculates = named.some((path) => PAGES_OWN.test(path));
  return new Set(calculates ? [...named, ...Object.keys(RELEASE.files)] : named);
}

async function keepFile(cache, path) {
  if (await cache.match(ROOT + path)) return;
  const digest = RELEASE.files[path] ?? path.match(PAGES_OWN)[1];
  const isRight = async (one) => (await sha256(await one.arrayBuffer())).startsWith(digest);
  await cache.put(ROOT + path, await fetchRight(ROOT + path, isRight));
}

// ---- Letting go

/** Whether no other page of the site is open, which might be of another release. */
async function isAlone() {
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return open.filter(({ url }) => url.startsWith(ROOT)).length <= 1;
}

/** Drop pages of other releases, then the files that no kept page needs. */
async function sweep(cache) {
  const needed = new Set();
  const addresses = (await cache.keys()).map(({ url }) => url);
  for (const address of addresses.filter((url) => !pathOf(url).startsWith(ASSETS))) {
    const paths = neededBy(await (await cache.match(address)).text());
    if (!paths) await cache.delete(address);
    for (const path of paths ?? []) needed.add(ROOT + path);
  }
  for (const address of addresses.filter((url) => pathOf(url).startsWith(ASSETS))) {
    if (!needed.has(address)) await cache.delete(address);
  }
}

// ---- Addresses

/** Without the scenario and the place on the page: one page answers for all of them. */
function bare(address) {
  const url = new URL(address);
  return url.origin + url.pathname;
}

function pathOf(address) {
  return address.slice(ROOT.length);
}
