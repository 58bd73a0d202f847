// The calculator's Python, off the page's thread.
//
// hooks/termwise/browser puts the line `const RUNTIME = {…};` above this file: the names and sizes of
// everything to load, the package list that Pyodide insists on, and the time zones.
//
// Python is not booted but restored: its memory, with the calculator imported, was kept at the
// build (hooks/termwise/browser/snapshot.py), and its Pyodide is without what no calculator calls. Where that
// does not work, or something is called after all, the whole one boots from the library.
//
// In:  {id, bundle, query}       price `query` by the policy at the URL `bundle`
// Out: {progress: {loaded, total}}          bytes, while files arrive
//      {id, answer, took}                   the answer, and the milliseconds Python took for it
//      {id, failure: {reason, message}}     reason: "download" or "crash"
/* global RUNTIME */

// Pyodide makes errors that it expects. To know their places, V8 would parse its script once more.
Error.stackTraceLimit = 0;

// A second try (engine.js marks its address) must not meet what spoiled the first one.
const CACHE = self.location.search ? "reload" : "default";

const at = (path) => new URL(path, import.meta.url).href;
const [LOADER, SCRIPT, INTERPRETER] = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm"];
const inTrimmed = (name) => RUNTIME.trimmed + name;
const inWhole = (name) => RUNTIME.whole + name;
const needed = [...[LOADER, SCRIPT, INTERPRETER].map(inTrimmed), RUNTIME.image];
const bytesOf = (paths) => paths.reduce((sum, path) => sum + RUNTIME.bytes[path], 0);

class Failure extends Error {
  constructor(reason, message) {
    super(message);
    this.reason = reason;
  }
}

// ---- Telling what has arrived, to a visitor who has to wait for it

const UNTOLD_MS = 200; // until then everything may come from the browser's own cache
const TELL_EVERY_MS = 100;
let total = bytesOf(needed);
let loaded = 0;
let telling;

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

/** What `use` makes of the response for a file, once it is all here. */
async function made(path, use) {
  const url = at(path);
  const response = await download(url);
  const used = counted(response.clone().body, RUNTIME.bytes[path]);
  const result = await downloading(url, () => use(response));
  used();
  return result;
}

/** A WebAssembly module, compiled while it arrives. */
function compiled(path) {
  return made(path, (response) => WebAssembly.compileStreaming(response));
}

/** The bytes of a file, unpacked no sooner than `others` are here. */
function bytesIn(path, others) {
  return made(path, async (response) => {
    await others;
    const bytes = await response.arrayBuffer();
    const [length, expected] = [bytes.byteLength, RUNTIME.bytes[path]];
    // A login page of the network in between answers with success, too.
    if (length !== expected) throw new Error(`${length} bytes instead of ${expected}`);
    return bytes;
  });
}

// Both large files are asked for before any code that wants them is here. The memory is unpacked
// after the interpreter: it is wanted later, and browsers unpack all downloads on one thread.
let interpreter = compiled(inTrimmed(INTERPRETER));
const image = bytesIn(RUNTIME.image, interpreter);
for (const file of [interpreter, image]) file.catch(() => {}); // told to whoever asks for an answer

// Pyodide fetches and compiles the interpreter by itself, when its script is here. It has no other
// public way to be handed it: what it fetches is empty, and what it compiles is compiled already.
const handed = new Map();
self.fetch = (resource, options) => handed.get(String(resource)) ?? nativeFetch(resource, options);
WebAssembly.instantiateStreaming = async (_, imports) => {
  const module = await interpreter;
  return { module, instance: await WebAssembly.instantiate(module, imports) };
};

function hand(path, response) {
  handed.set(at(path), Promise.resolve(response));
}

function imported(path) {
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

const code = Promise.all([LOADER, SCRIPT].map(inTrimmed).map(imported));
code.catch(() => {}); // told to whoever asks for an answer

/** The calculator's door in a Python that is restored or, if that fails or on request, whole. */
async function boot({ whole }) {
  try {
    const [{ loadPyodide }, { default: createPyodideModule }] = await code;
    const python = whole ? booted(loadPyodide) : restored(loadPyodide, createPyodideModule);
    return opened(await python);
  } catch (error) {
    if (whole || error instanceof Failure) throw error;
    console.warn("The kept memory does not fit: Python boots from its library.", error);
    return boot({ whole: true });
  }
}

function opened({ FS, pyimport }) {
  handed.clear();
  writeZones(FS);
  return pyimport("termwise_calculator.browser");
}

/** Pyodide would wait for ever for a download that broke off. */
function unlessBroken(downloads, python) {
  return Promise.race([python, Promise.all(downloads).then(() => python)]);
}

const OPTIONS = {
  packageBaseUrl: at(RUNTIME.trimmed), // never asked for anything
  lockFileContents: RUNTIME.lock,
  env: { PYTHONTZPATH: "/usr/share/zoneinfo" }, // otherwise Python imports its build's settings
};

// `_loadSnapshot`, `restoreSnapshot` and `rawRun` are private to Pyodide. It would take the whole
// memory as an option and copy it; here it gets the size, and the image is filled in where it would
// copy.
function restored(loadPyodide, createPyodideModule) {
  hand(inTrimmed(INTERPRETER), new Response());
  hand("no-library", new Response()); // every import has been done
  const python = loadPyodide({
    ...OPTIONS,
    indexURL: at(RUNTIME.trimmed),
    stdLibURL: at("no-library"),
    _loadSnapshot: RUNTIME.memory,
    createPyodideModule: async (settings) => {
      const [module, bytes] = await Promise.all([createPyodideModule(settings), image]);
      module.API.restoreSnapshot = () => keepingTrampoline(module, () => fill(module, bytes));
      // It would only import what the memory has, and wake Python's compiler for that.
      module.API.rawRun = () => [0, ""];
      return module;
    },
  });
  return unlessBroken([interpreter, image], python);
}

/** On an iPhone or iPad, Pyodide calls functions through JavaScript: there its place stays empty. */
function keepingTrampoline({ HEAP32, __PyRuntime, __PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET }, change) {
  const place = (__PyRuntime + HEAP32[__PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET / 4]) / 4;
  const trampoline = HEAP32[place];
  const result = change();
  HEAP32[place] = trampoline;
  return result;
}

/** Make the memory what it was; return the state of Pyodide's own objects. */
function fill({ API, HEAPU8, _sbrk }, image) {
  const headerLength = new DataView(image).getUint32(0, true);
  const bytes = new Uint8Array(image, 4);
  const { build, memory, block, state } = JSON.parse(
    new TextDecoder().decode(bytes.subarray(0, headerLength)),
  );
  if (build !== API.config.BUILD_ID) throw new Error(`image of ${build}`);
  if (memory !== HEAPU8.length) throw new Error(`${HEAPU8.length} bytes instead of ${memory}`);
  const [zeros, , inImage] = [0, 1, 2]; // 1: as it is when WebAssembly has started
  const used = _sbrk(0); // beyond it nothing has been written since the memory is there
  const count = memory / block;
  const kinds = bytes.subarray(headerLength, headerLength + count);
  let from = headerLength + count;
  for (let first = 0, next; first < count; first = next) {
    const kind = kinds[first];
    for (next = first + 1; next < count && kinds[next] === kind; ) next++;
    const [start, end] = [first * block, next * block];
    if (kind === zeros && start < used) HEAPU8.fill(0, start, Math.min(end, used));
    if (kind === inImage) HEAPU8.set(bytes.subarray(from, (from += end - start)), start);
  }
  return state;
}

function booted(loadPyodide) {
  total += bytesOf([...[SCRIPT, INTERPRETER].map(inWhole), RUNTIME.library]);
  interpreter = compiled(inWhole(INTERPRETER));
  const library = bytesIn(RUNTIME.library);
  const script = imported(inWhole(SCRIPT));
  hand(inWhole(INTERPRETER), new Response());
  hand(RUNTIME.library, library.then((bytes) => new Response(bytes)));
  const python = loadPyodide({
    ...OPTIONS,
    indexURL: at(RUNTIME.whole),
    stdLibURL: at(RUNTIME.library),
    createPyodideModule: async (settings) => (await script).default(settings),
  });
  return unlessBroken([interpreter, library, script], python);
}

let calculator = boot({ whole: false });
let whole;
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

async function answered({ bundle, query }) {
  const answer = await session(bundle);
  const started = performance.now();
  const text = answer(JSON.stringify({ query }));
  return { answer: JSON.parse(text), took: performance.now() - started };
}

/** Where the trimmed Pyodide has a trap, the whole one answers, from then on. */
async function answeredAtLast(asked) {
  const used = calculator;
  try {
    return await answered(asked);
  } catch (error) {
    if (used === whole || !(error instanceof WebAssembly.RuntimeError)) throw error;
    console.warn("The trimmed Pyodide lacks something: the whole one takes over.", error);
    calculator = whole ??= boot({ whole: true });
    sessions.clear();
    return answered(asked);
  }
}

self.onmessage = async ({ data: { id, ...asked } }) => {
  try {
    postMessage({ id, ...(await answeredAtLast(asked)) });
  } catch (error) {
    postMessage({ id, failure: described(error) });
  }
};

function described(error) {
  return { reason: error.reason ?? "crash", message: String(error.message) };
}
