// Starts Pyodide as the worker does: from the library at first, then from its memory.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { webcrypto } from "node:crypto";

// Node shows the source line of an uncaught error, and Pyodide's is a megabyte long.
process.on("uncaughtException", (error) => {
  console.error(error.message);
  process.exit(error.exitCode ?? 1);
});

const MEMORY_UNFIT = 3; // as in tools.py

/** A step of this stage within the script of a later one: if it fails, this stage does not fit. */
export async function ofMemory(step) {
  try {
    return await step();
  } catch (error) {
    throw Object.assign(error, { exitCode: MEMORY_UNFIT });
  }
}

/** Settle all that would make two memories differ: the clock, chance and the program's name. */
function settle(number) {
  Date.now = () => 315532800000 + 86400000 * number;
  performance.now = () => 1000 * number;
  webcrypto.getRandomValues = (bytes) => bytes.fill(number);
  process.argv[1] = "termwise" + number;
}

/** The Pyodide in a folder. */
export class Pyodide {
  #modules;
  #options;

  constructor(folder, library) {
    const lock = JSON.parse(readFileSync(join(folder, "pyodide-lock.json"), "utf8"));
    const fromFolder = (name) => import(pathToFileURL(join(folder, name)));
    this.#modules = Promise.all(["pyodide.mjs", "pyodide.asm.mjs"].map(fromFolder));
    this.#options = {
      stdLibURL: library,
      lockFileContents: { info: lock.info, packages: {} },
      env: { PYTHONTZPATH: "/usr/share/zoneinfo", PYTHONHASHSEED: "0", LANG: "C.UTF-8" },
    };
  }

  /** A Python that has imported the calculator and forgotten the way there, and its memory. */
  async booted() {
    settle(0);
    const [{ loadPyodide }] = await this.#modules;
    const python = await loadPyodide({ ...this.#options, _makeSnapshot: true });
    // Nobody reads the types of fields. Looking at them, Python would compile those in quotes, and
    // make a hundred types for the nodes of its grammar.
    python.runPython("import typing; typing._type_check = lambda kind, *_: kind; None");
    python.runPython("import termwise_calculator.browser; None");
    python.runPython(inside("forget.py"));
    blank(python.runPython("docstrings_of_built_in_types()"), python._module);
    python.runPython("globals().clear(); None");
    python.runPython("import gc; gc.collect(); gc.freeze(); None"); // nothing here is ever garbage
    zeroFreeMemory(python._module);
    return { python, ...taken(python.makeMemorySnapshot()) };
  }

  /**
   * Python with that memory and state of Pyodide's own objects, and the memory before it was
   * filled; but with another clock and so on, since what depends on them must not seem to be
   * WebAssembly's own.
   */
  async restored({ memory, state }) {
    settle(1);
    const [{ loadPyodide }, { default: createPyodideModule }] = await this.#modules;
    let filled;
    const python = await loadPyodide({
      ...this.#options,
      _loadSnapshot: memory.length,
      createPyodideModule: async (settings) => {
        const module = await createPyodideModule(settings);
        filled = module.HEAPU8.slice();
        module.API.restoreSnapshot = () => {
          module.HEAPU8.set(memory);
          return state;
        };
        module.API.rawRun = () => [0, ""]; // as in memory.js
        return module;
      },
    });
    return { python, filled };
  }
}

const inside = (name) => readFileSync(new URL(name, import.meta.url), "utf8");

// Texts of one, two and four bytes to a character cross the border by ways of their own.
const TYPED = ["é", "ą", "\u{1f600}"];

/** A query with a text that somebody may type in each of its fields. */
function typed(query, text) {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, name === "service" ? value : value + text]),
  );
}

/** Put a compiled time zone where Python looks for it. */
function addZone(FS, name, data) {
  const path = `/usr/share/zoneinfo/${name}`;
  FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
  FS.writeFile(path, data);
}

/**
 * Do all that a session may ever do, and what further files of Python do; `sessions` and the time
 * zone Europe/Warsaw are files. Other zones are told by the sessions that need them. What is typed
 * has longer characters in each session in turn, and one query stands for all where steps or other
 * terms are asked for. Of the sessions one of `every` so many is done. `prepare` is called with the
 * number of each before it, and with 0 before the further files.
 */
export function exercise(python, sessions, zone, exercises, options = {}) {
  const { every = 1, prepare = () => {} } = options;
  const { FS, pyimport, runPython } = python;
  const told = JSON.parse(readFileSync(sessions, "utf8"));
  addZone(FS, "Europe/Warsaw", readFileSync(zone));
  for (const [name, data] of told.flatMap(({ zones }) => Object.entries(zones ?? {}))) {
    addZone(FS, name, Buffer.from(data, "base64"));
  }
  const { compare, open_session } = pyimport("termwise_calculator.browser");
  for (const [number, { bundle, then, queries }] of told.entries()) {
    if (number % every) continue;
    prepare(number);
    const now = open_session(bundle);
    const earlier = open_session(then);
    for (const query of queries) now.answer(JSON.stringify({ query }));
    for (const query of [queries[0], typed(queries[0], TYPED[number % TYPED.length])]) {
      now.answer(JSON.stringify({ query }));
      now.steps(JSON.stringify({ query }));
      compare(earlier, now, JSON.stringify({ query }));
    }
  }
  prepare(0);
  try {
    open_session("no bundle");
  } catch (error) {
    if (error.type !== "JSONDecodeError") throw error; // in JavaScript as in the browser
  }
  for (const file of exercises) runPython(readFileSync(file, "utf8"));
  runPython("import gc; gc.collect(); None");
}

/** Overwrite texts; `places` are their addresses and lengths in turn. */
function blank(places, { HEAPU8 }) {
  const numbers = places.toJs();
  places.destroy();
  for (let i = 0; i < numbers.length; i += 2) {
    HEAPU8.fill(0, numbers[i], numbers[i] + numbers[i + 1]);
  }
}

/** Overwrite what lies in freed memory: it would be downloaded as well. */
function zeroFreeMemory({ _malloc, _free, _sbrk, HEAPU8 }) {
  const end = _sbrk(0);
  const held = [];
  for (let size = 1 << 22; size >= 32; size -= Math.max(8, size >> 3)) {
    for (;;) {
      const place = _malloc(size);
      if (!place || place + size >= end) {
        _free(place);
        break;
      }
      HEAPU8.fill(0, place, place + size);
      held.push(place);
    }
  }
  held.forEach((place) => _free(place));
}

/** Pyodide's own format: four words, the build's identity, the state as JSON, the memory. */
function taken(snapshot) {
  const [, start, stateLength] = new Uint32Array(snapshot.buffer, 0, 3);
  const text = new TextDecoder().decode(snapshot.subarray(48, 48 + stateLength));
  return { state: JSON.parse(text), memory: snapshot.subarray(start) };
}
