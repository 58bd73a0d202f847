// The calculator's Python, off the page's thread.
//
// hooks/termwise/browser puts this and what it imports into one file, below the line
// `const RUNTIME = {…};`: the names, sizes and digests of everything to load, the package list that
// Pyodide insists on, and the time zones. This file uses Pyodide's public interface alone.
//
// Where the build kept Python's memory, it is restored (memory.js). Where that does not work, or
// something is called after all that was left out, the whole one boots from the library.
//
// In:  {id, bundle, query}       price `query` by the policy at the URL `bundle`
//      {id, bundle, query, then} … by that at the URL `then`, and tell what `bundle` changes
//     {id, bundle, query, steps: true}  draw what it costs by its length
// Out: {progress: {loaded, total}}          bytes, while files arrive
//      {id, answer, took}                   the answer, and the milliseconds Python took for it
//      {id, failure: {reason, message}}     reason: "download", "damaged", "memory" or "crash"
/* global RUNTIME */
import {
  Failure,
  asWasm,
  at,
  bytesIn,
  expect,
  hand,
  handNoMore,
  imported,
  named,
  unaltered,
  unlessBroken,
} from "./downloads.js";
import { keptMemory } from "./memory.js";

// Pyodide makes errors that it expects. To know their places, V8 would parse its script once more.
Error.stackTraceLimit = 0;

const [LOADER, SCRIPT, INTERPRETER] = ["pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm"];
const inStart = (name) => RUNTIME.start + name;
const inWhole = (name) => RUNTIME.whole + name;
const OPTIONS = {
  packageBaseUrl: at(RUNTIME.start), // never asked for anything
  lockFileContents: RUNTIME.lock,
  env: { PYTHONTZPATH: "/usr/share/zoneinfo" }, // otherwise Python imports its build's settings
};

expect([inStart(LOADER)]);
const restored = RUNTIME.image ? keptMemory() : null;
const loader = imported(inStart(LOADER));
loader.catch(() => {}); // told to whoever asks for an answer

/** The calculator's door in a Python that is restored or, if that fails or on request, whole. */
async function boot({ whole }) {
  try {
    return opened(await (whole ? booted() : restored(loader, OPTIONS)));
  } catch (error) {
    if (whole || error instanceof Failure || isForMemory(error)) throw error;
    console.warn("The kept memory does not fit: Python boots from its library.", error);
    return boot({ whole: true });
  }
}

async function booted() {
  expect([...[SCRIPT, INTERPRETER].map(inWhole), RUNTIME.library]);
  const interpreter = bytesIn(inWhole(INTERPRETER));
  const library = bytesIn(RUNTIME.library);
  const script = imported(inWhole(SCRIPT));
  const downloads = [interpreter, library, script];
  for (const file of downloads) file.catch(() => {}); // told below
  hand(inWhole(INTERPRETER), interpreter.then((bytes) => asWasm(new Response(bytes))));
  hand(RUNTIME.library, library.then((bytes) => new Response(bytes)));
  const [{ loadPyodide }, { default: createPyodideModule }] = await Promise.all([loader, script]);
  const python = loadPyodide({
    ...OPTIONS,
    indexURL: at(RUNTIME.whole),
    stdLibURL: at(RUNTIME.library),
    createPyodideModule, // by itself, Pyodide would ask for a script that ends in .mjs
  });
  return unlessBroken(downloads, python);
}

function opened({ FS, pyimport }) {
  handNoMore();
  writeZones(FS);
  return pyimport("termwise_calculator.browser");
}

function writeZones(FS) {
  for (const [zone, data] of Object.entries(RUNTIME.zones)) {
    const path = `/usr/share/zoneinfo/${zone}`;
    FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    FS.writeFile(path, Uint8Array.from(atob(data), (character) => character.charCodeAt(0)));
  }
}

let calculator = checked(boot({ whole: !restored }));
let whole = restored ? undefined : calculator;
calculator.catch(() => {}); // told to whoever asks for an answer

async function checked(booting) {
  const [door] = await Promise.all([booting, unaltered()]);
  return door;
}

const sessions = new Map();

function session(bundle) {
  if (!sessions.has(bundle)) sessions.set(bundle, open(bundle));
  return sessions.get(bundle);
}

async function open(bundle) {
  const [browser, text] = await Promise.all([calculator, named(bundle)]);
  const opened = browser.open_session(text);
  return { opened, answer: opened.answer, compare: browser.compare };
}

async function answered({ bundle, query, then, steps }) {
  const [now, earlier] = await Promise.all([session(bundle), then && session(then)]);
  const started = performance.now();
  const request = JSON.stringify({ query });
  const text = answerOf(now, earlier, request, steps);
  return { answer: JSON.parse(text), took: performance.now() - started };
}

function answerOf(now, earlier, request, steps) {
  if (steps) return now.opened.steps(request);
  return earlier ? now.compare(earlier.opened, now.opened, request) : now.answer(request);
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

/** Whether the device refused memory, in the words of the browsers or of Python. */
function isForMemory(error) {
  return /out of memory|allocat|MemoryError/i.test(error);
}

function described(error) {
  return { reason: isForMemory(error) ? "memory" : (error.reason ?? "crash"), message: String(error.message) };
}
