// What the worker downloads: whole files with their digests or none, and how much has arrived.
/* global RUNTIME */
import { arrival } from "./arrival.js";
import { sha256 } from "./digests.js";

// A second try (engine.js marks its address) must not meet what spoiled the first one.
const CACHE = self.location.search ? "reload" : "default";

const ROOT = "../../"; // as the worker sees the root of the site
export const at = (path) => new URL(path, import.meta.url).href;

export class Failure extends Error {
  constructor(reason, message) {
    super(message);
    this.reason = reason;
  }
}

// ---- Telling what has arrived, to a visitor who has to wait for it

const UNTOLD_MS = 200; // until then everything may come from the browser's own cache
const TELL_EVERY_MS = 100;
const fromNetwork = new Promise((resolve) => setTimeout(resolve, UNTOLD_MS));
let total = 0;
let loaded = 0;
let telling;

/** From now on a visitor waits for these as well. */
export function expect(paths) {
  for (const path of paths) total += RUNTIME.files[path].bytes;
}

function arrived(bytes) {
  loaded += bytes;
  telling ??= setTimeout(tell, performance.now() < UNTOLD_MS ? UNTOLD_MS : TELL_EVERY_MS);
}

function tell() {
  telling = undefined;
  postMessage({ progress: { loaded, total } });
}

/**
 * The bytes of a file, counted while they arrive. They are read into their place by one reader:
 * whoever counts in a copy of the download has the browser copy all of it once more.
 */
async function counted({ body }, expected) {
  const content = new Uint8Array(expected);
  const reader = body.getReader();
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (length + part.value.length <= expected) content.set(part.value, length);
    length += part.value.length;
    arrived(part.value.length);
  }
  arrived(expected - length);
  return length === expected ? content.buffer : new ArrayBuffer(); // which has another digest, too
}

// ---- Downloads: nothing is used but what has its digest

// Browsers without them have only what works on bytes.
const bytesOf = async (response) => (await response).arrayBuffer();
WebAssembly.compileStreaming ??= async (response) => WebAssembly.compile(await bytesOf(response));
WebAssembly.instantiateStreaming ??= async (response, imports) =>
  WebAssembly.instantiate(await bytesOf(response), imports);

const WASM = "application/wasm";
const NAMED = /[-.]([0-9a-f]{16})\.[a-z]+$/;

/** Run a step of a download; whatever breaks it is told as such. */
async function downloading(address, step) {
  try {
    return await step();
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure("download", `${address}: ${error.message}`);
  }
}

/**
 * The content of a file {address, digest, bytes}, and what `use` makes of it while it arrives, when
 * it has its digest (the first digits may be all that is known). What has another one is fetched
 * once more, past all that keeps files on their way.
 */
async function right(file, use, after) {
  for (const cache of new Set([CACHE, "reload"])) {
    const found = await downloading(file.address, () => tried(file, cache, use, after));
    if (found) return found;
    await forget(file);
  }
  throw damaged(file);
}

function damaged({ address }) {
  return new Failure("damaged", `${address}: not the content that this release has there`);
}

async function tried({ address, digest, bytes }, cache, use, after) {
  const response = await arrival(address, { cache });
  if (!response.ok) throw new Error(response.status);
  const copy = use ? response.clone() : response;
  const made = use?.(response);
  made?.catch(() => {}); // asked for when its digest is right; until then that says more
  await Promise.race([after, fromNetwork]); // what is not read does not arrive
  const content = await (bytes ? counted(copy, bytes) : copy.arrayBuffer());
  return (await sha256(content)).startsWith(digest) && { content, made };
}

/** What the service worker keeps was right once; but disks fail, and it need not ask anybody. */
async function forget({ address, bytes = 0 }) {
  total += bytes;
  for (const name of (await self.caches?.keys()) ?? []) await (await caches.open(name)).delete(address);
}

const inRuntime = (path) => ({ address: at(path), ...RUNTIME.files[path] });

/** A WebAssembly module, compiled while it arrives. */
export async function compiled(path) {
  const compile = (response) => WebAssembly.compileStreaming(asWasm(response));
  return ((await kept(path, compile)) ?? (await right(inRuntime(path), compile))).made;
}

/** Whatever its host calls it; browsers keep what they compiled of a response as it was sent. */
export function asWasm(response) {
  const { body, headers } = response;
  if (headers.get("Content-Type") === WASM) return response;
  return new Response(body, { headers: { "Content-Type": WASM } });
}

/** The bytes of a file; those of the browser's own cache are unpacked no sooner than `others` are here. */
export async function bytesIn(path, others) {
  return ((await kept(path, undefined, others)) ?? (await right(inRuntime(path), undefined, others))).content;
}

/**
 * The same of what the service worker has put away, without the way through it: the file is read
 * twice, which takes less than to share one reading. Nothing where it is not there, or not right.
 */
async function kept(path, use, after) {
  if (CACHE !== "default") return undefined;
  const { bytes, digest } = RUNTIME.files[path];
  const read = () => caches.match(at(path), { cacheName: `termwise ${at(ROOT)}` });
  try {
    const [copy, response] = await Promise.all([read(), use && read()]);
    if (!copy) return undefined;
    const made = response && use(response);
    made?.catch(() => {}); // asked for when its digest is right
    await after;
    const content = await copy.arrayBuffer();
    if (!(await sha256(content)).startsWith(digest)) return undefined;
    arrived(bytes);
    return { content, made };
  } catch {
    return undefined; // forbidden, or the disk fails: the file is asked for as on a first visit
  }
}

/** A module of JavaScript: `import` finds in the browser's cache what has been checked. */
export async function imported(path) {
  await right(inRuntime(path));
  return downloading(at(path), () => import(at(path)));
}

/** The text at an address in whose name its digest begins. */
export async function named(address) {
  return new TextDecoder().decode((await right(namedBy(address))).content);
}

/** Fails where this script itself is not what the page names. It runs: only a new worker mends it. */
export async function unaltered() {
  const itself = namedBy(import.meta.url);
  const found = await downloading(itself.address, () => tried(itself, "default"));
  if (!found) throw damaged(itself);
}

function namedBy(address) {
  const [, digest] = new URL(address).pathname.match(NAMED) ?? [];
  if (digest) return { address, digest };
  throw damaged({ address });
}

// ---- What Pyodide fetches by itself, when its script is here, has been asked for by then

const nativeFetch = self.fetch.bind(self);
const handed = new Map();
self.fetch = (resource, options) => handed.get(String(resource)) ?? nativeFetch(resource, options);

/** Give Pyodide this response, or the promise of one, when it fetches the file. */
export function hand(path, response) {
  const given = Promise.resolve(response);
  given.catch(() => {}); // told by `unlessBroken`
  handed.set(at(path), given);
}

export function handNoMore() {
  handed.clear();
}

/** Python when all downloads are right. It would wait for ever for one that broke off. */
export async function unlessBroken(downloads, python) {
  return (await Promise.all([python, ...downloads]))[0];
}
