// The calculator's Python, off the page's thread.
//
// hooks/runtime puts the line `const RUNTIME = {…};` above this file: the names and sizes of
// everything to load, the package list that Pyodide insists on, and the time zones.
//
// In:  {id, bundle, query}       price `query` by the policy at the URL `bundle`
// Out: {progress: {loaded, total}}          bytes, while files arrive
//      {id, answer, took}                   the answer, and the milliseconds Python took for it
//      {id, failure: {reason, message}}     reason: "download" or "crash"
/* global RUNTIME */

// A second try (engine.js marks its address) must not meet what spoiled the first one.
const CACHE = self.location.search ? "reload" : "default";

const at = (path) => new URL(path, import.meta.url).href;
const total = Object.values(RUNTIME.bytes).reduce((sum, bytes) => sum + bytes, 0);
let loaded = 0;

class Failure extends Error {
  constructor(reason, message) {
    super(message);
    this.reason = reason;
  }
}

function arrived(bytes) {
  loaded += bytes;
  postMessage({ progress: { loaded, total } });
}

/** Run a step of a download; whatever breaks it is told as such. */
async function downloading(url, step) {
  try {
    return await step();
  } catch (error) {
    throw new Failure("download", `${url}: ${error.message}`);
  }
}

function download(url) {
  return downloading(url, async () => {
    const response = await nativeFetch(url, { cache: CACHE });
    if (!response.ok) throw new Error(response.status);
    return response;
  });
}

// The response goes on untouched, so that WebAssembly compiles while it arrives; a copy is counted.
async function countedDownload(path) {
  const url = at(path);
  const response = await download(url);
  const body = response.clone().body;
  counting.push(downloading(url, () => count(body, RUNTIME.bytes[path])));
  return response;
}

async function count(body, expected) {
  const reader = body.getReader();
  let bytes = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes += part.value.length;
    arrived(part.value.length);
  }
  // A login page of the network in between answers with success, too.
  if (bytes !== expected) throw new Error(`${bytes} bytes instead of ${expected}`);
}

// Both large files are asked for before any code that wants them is here. Pyodide gets them when
// it asks by itself: it has no other public way to be handed its interpreter.
const nativeFetch = self.fetch.bind(self);
const counting = [];
const interpreter = `${RUNTIME.interpreter}pyodide.asm.wasm`;
const early = new Map(
  [interpreter, RUNTIME.library].map((path) => [at(path), countedDownload(path)]),
);
self.fetch = (resource, options) => early.get(String(resource)) ?? nativeFetch(resource, options);

function imported(name) {
  const path = RUNTIME.interpreter + name;
  return downloading(path, async () => {
    if (CACHE === "reload") await download(at(path)); // `import` itself cannot pass by the cache
    const module = await import(at(path));
    arrived(RUNTIME.bytes[path]);
    return module;
  });
}

function writeZones(FS) {
  for (const [zone, data] of Object.entries(RUNTIME.zones)) {
    const path = `/usr/share/zoneinfo/${zone}`;
    FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    FS.writeFile(path, Uint8Array.from(atob(data), (character) => character.charCodeAt(0)));
  }
}

async function boot() {
  const [{ loadPyodide }] = await Promise.all([
    imported("pyodide.mjs"),
    imported("pyodide.asm.mjs"),
    ...early.values(),
  ]);
  const python = loadPyodide({
    indexURL: at(RUNTIME.interpreter),
    stdLibURL: at(RUNTIME.library),
    lockFileContents: RUNTIME.lock,
    packageBaseUrl: at(RUNTIME.interpreter),
    env: { PYTHONTZPATH: "/usr/share/zoneinfo" }, // otherwise Python imports its build's settings
  });
  // Pyodide would wait for ever for a download that broke off.
  await Promise.race([python, Promise.all(counting).then(() => python)]);
  self.fetch = nativeFetch;
  writeZones((await python).FS);
  return (await python).pyimport("calculator.browser");
}

const calculator = boot();
calculator.catch(() => {}); // told to whoever asks for an answer

const sessions = new Map();

function session(bundle) {
  if (!sessions.has(bundle)) sessions.set(bundle, open(bundle));
  return sessions.get(bundle);
}

async function open(bundle) {
  const arriving = downloading(bundle, async () => (await download(bundle)).text());
  const [browser, text] = await Promise.all([calculator, arriving]);
  return browser.open_session(text).answer;
}

self.onmessage = async ({ data: { id, bundle, query } }) => {
  try {
    const answer = await session(bundle);
    const started = performance.now();
    const text = answer(JSON.stringify({ query }));
    const took = performance.now() - started;
    postMessage({ id, answer: JSON.parse(text), took });
  } catch (error) {
    postMessage({ id, failure: described(error) });
  }
};

function described(error) {
  return { reason: error.reason ?? "crash", message: String(error.message) };
}
