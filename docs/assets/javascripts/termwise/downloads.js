// What the worker downloads: whole files or none, and how much of them has arrived.
/* global RUNTIME */

// A second try (engine.js marks its address) must not meet what spoiled the first one.
const CACHE = self.location.search ? "reload" : "default";

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
let total = 0;
let loaded = 0;
let telling;

/** From now on a visitor waits for these as well. */
export function expect(paths) {
  for (const path of paths) total += RUNTIME.bytes[path];
}

function arrived(bytes) {
  loaded += bytes;
  telling ??= setTimeout(tell, TELL_EVERY_MS);
}

function tell() {
  telling = undefined;
  postMessage({ progress: { loaded, total } });
}

/** Count a copy of a download while it is used; what is not counted by then has arrived as well. */
function counted(copy, expected) {
  const reader = copy.getReader();
  let rest = expected;
  const count = async () => {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      rest -= part.value.length;
      arrived(part.value.length);
    }
  };
  const waited = setTimeout(() => count().catch(() => {}), UNTOLD_MS); // who uses it tells problems
  return () => {
    clearTimeout(waited);
    reader.cancel().catch(() => {});
    arrived(rest);
  };
}

// ---- Downloads

const nativeFetch = self.fetch.bind(self);

/** Run a step of a download; whatever breaks it is told as such. */
export async function downloading(url, step) {
  try {
    return await step();
  } catch (error) {
    throw new Failure("download", `${url}: ${error.message}`);
  }
}

export function download(url) {
  return downloading(url, async () => {
    const response = await nativeFetch(url, { cache: CACHE });
    if (!response.ok) throw new Error(response.status);
    return response;
  });
}

/** What `use` makes of the response for a file, once it is all here. */
async function made(path, use, arriving = download(at(path))) {
  const response = await arriving;
  const used = counted(response.clone().body, RUNTIME.bytes[path]);
  const result = await downloading(at(path), () => use(response));
  used();
  return result;
}

/** A WebAssembly module, compiled while it arrives. */
export function compiled(path) {
  return made(path, (response) => WebAssembly.compileStreaming(response));
}

/** The bytes of a file, unpacked no sooner than `others` are here. */
export function bytesIn(path, others, arriving) {
  const whole = async (response) => {
    await others;
    const bytes = await response.arrayBuffer();
    const [length, expected] = [bytes.byteLength, RUNTIME.bytes[path]];
    // A login page of the network in between answers with success, too.
    if (length !== expected) throw new Error(`${length} bytes instead of ${expected}`);
    return bytes;
  };
  return made(path, whole, arriving);
}

export function imported(path) {
  return downloading(path, async () => {
    if (CACHE === "reload") await download(at(path)); // `import` itself cannot pass by the cache
    const module = await import(at(path));
    arrived(RUNTIME.bytes[path]);
    return module;
  });
}

// ---- What Pyodide fetches by itself, when its script is here, has been asked for by then

const handed = new Map();
self.fetch = (resource, options) => handed.get(String(resource)) ?? nativeFetch(resource, options);

/** Give Pyodide this response, or the promise of one, when it fetches the file. */
export function hand(path, response) {
  handed.set(at(path), Promise.resolve(response));
}

/** Hand Pyodide a file while it arrives; the promise is kept when it is all here. */
export function passedOn(path) {
  const arriving = download(at(path));
  const copy = arriving.then((response) => response.clone());
  hand(path, arriving);
  return bytesIn(path, undefined, copy);
}

export function handNoMore() {
  handed.clear();
}

/** Pyodide would wait for ever for a download that broke off. */
export function unlessBroken(downloads, python) {
  return Promise.race([python, Promise.all(downloads).then(() => python)]);
}
