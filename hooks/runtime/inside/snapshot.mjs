// Boots Pyodide as worker.js would, imports the calculator, and writes the memory as it is then;
// and the interpreter without what no calculator calls.
// Arguments: the pyodide package, the library's archive, sessions with the calculator as JSON, the
// compiled time zone Europe/Warsaw, the image to write, the interpreter to write.
//
// The image: the length of the header (32 bits, little-endian), the header as JSON, one byte for
// each block of memory (0: zeros, 1: as WebAssembly itself fills it, 2: in the image), and the
// blocks that are in the image, one after the other.
//
// The interpreter: two thirds of it is code, for a whole Python. Kept are the functions called
// until the memory is made, while it is restored, by the sessions and by exercise.py; and all that
// those call by name. Each other one is a trap: worker.js then turns to the whole interpreter.
import { createHash, webcrypto } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { functionsIn, keeping, noted, noting, withCallees } from "./wasm.mjs";

const BLOCK = 256;
const [ZEROS, AS_FILLED, IN_IMAGE] = [0, 1, 2];

// Node shows the source line of an uncaught error, and Pyodide's is a megabyte long.
process.on("uncaughtException", (error) => {
  console.error(error.message);
  process.exit(1);
});

/** Settle all that would make two images differ: the clock, chance and the program's name. */
function settle(number) {
  Date.now = () => 315532800000 + 86400000 * number;
  performance.now = () => 1000 * number;
  webcrypto.getRandomValues = (bytes) => bytes.fill(number);
  process.argv[1] = "termwise" + number;
}

settle(0);
const [pyodideFolder, library, sessionsFile, zoneFile, ...toWrite] = process.argv.slice(2);
const [imageFile, interpreterFile] = toWrite;
const interpreter = readFileSync(join(pyodideFolder, "pyodide.asm.wasm"));
const noters = noteCalls();
const fromPackage = (name) => import(pathToFileURL(join(pyodideFolder, name)));
const [{ loadPyodide }, { default: createPyodideModule }] = await Promise.all(
  ["pyodide.mjs", "pyodide.asm.mjs"].map(fromPackage),
);
const lock = JSON.parse(readFileSync(join(pyodideFolder, "pyodide-lock.json"), "utf8"));
const options = {
  stdLibURL: library,
  lockFileContents: { info: lock.info, packages: {} },
  env: { PYTHONTZPATH: "/usr/share/zoneinfo", PYTHONHASHSEED: "0", LANG: "C.UTF-8" },
};

const python = await loadPyodide({ ...options, _makeSnapshot: true });
python.runPython("import calculator.browser; None");
python.runPython(readFileSync(new URL("./forget.py", import.meta.url), "utf8"));
blank(python.runPython("docstrings_of_built_in_types()"), python._module);
python.runPython("globals().clear(); None");
python.runPython("import gc; gc.collect(); gc.freeze(); None"); // nothing here is ever garbage
zeroFreeMemory(python._module);
const { state, memory } = taken(python.makeMemorySnapshot());
const { filled, restored } = await restoredFrom(state, memory);
writeImage(state, memory, filled);
exercise(restored);
writeFileSync(interpreterFile, keeping(withCallees(called(), interpreter), interpreter));

/** From now on the interpreter notes which of its functions are called; its memory is the same. */
function noteCalls() {
  const instances = [];
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (source, imports) => {
    if (source.length !== interpreter.length) return instantiate(source, imports);
    const made = await instantiate(noting(interpreter), imports);
    instances.push(made.instance);
    return made;
  };
  return instances;
}

/** The numbers of the functions that have been called by now. */
function called() {
  const numbers = new Set();
  for (const instance of noters) {
    noted(instance, functionsIn(interpreter)).forEach((once, n) => once && numbers.add(n));
  }
  return numbers;
}

function exercise({ FS, pyimport, runPython }) {
  FS.mkdirTree("/usr/share/zoneinfo/Europe");
  FS.writeFile("/usr/share/zoneinfo/Europe/Warsaw", readFileSync(zoneFile));
  const { open_session } = pyimport("calculator.browser");
  for (const { bundle, queries } of JSON.parse(readFileSync(sessionsFile, "utf8"))) {
    const { answer } = open_session(bundle);
    for (const query of queries) answer(JSON.stringify({ query }));
  }
  try {
    open_session("no bundle");
  } catch (error) {
    if (error.type !== "JSONDecodeError") throw error; // in JavaScript as in the browser
  }
  runPython(readFileSync(new URL("./exercise.py", import.meta.url), "utf8"));
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

/**
 * Python restored as worker.js does it, and the memory at the moment before; but with another clock
 * and so on, since what depends on them must not seem to be WebAssembly's own.
 */
async function restoredFrom(state, memory) {
  settle(1);
  let filled;
  const restored = await loadPyodide({
    ...options,
    _loadSnapshot: memory.length,
    createPyodideModule: async (settings) => {
      const module = await createPyodideModule(settings);
      filled = module.HEAPU8.slice();
      module.API.restoreSnapshot = () => {
        module.HEAPU8.set(memory);
        return state;
      };
      return module;
    },
  });
  return { filled, restored };
}

function writeImage(state, memory, filled) {
  const kinds = new Uint8Array(memory.length / BLOCK);
  const blocks = [];
  for (let number = 0; number < kinds.length; number++) {
    const block = Buffer.from(memory.buffer, memory.byteOffset + number * BLOCK, BLOCK);
    kinds[number] = kindOf(block, Buffer.from(filled.buffer, number * BLOCK, BLOCK));
    if (kinds[number] === IN_IMAGE) blocks.push(block);
  }
  const header = Buffer.from(
    JSON.stringify({
      build: python._api.config.BUILD_ID,
      memory: memory.length,
      block: BLOCK,
      digest: createHash("sha256").update(memory).digest("hex"),
      state,
    }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  writeFileSync(imageFile, Buffer.concat([length, header, kinds, ...blocks]));
}

function kindOf(block, filled) {
  if (block.every((byte) => byte === 0)) return ZEROS;
  return block.equals(filled) ? AS_FILLED : IN_IMAGE;
}
