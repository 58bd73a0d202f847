// Python as the build kept it: the one file of the browser's side that knows Pyodide's insides.
//
// Python is not booted but restored: its memory, with the calculator imported, was kept at the
// build (hooks/termwise/browser/memory), and its Pyodide may be without what no calculator calls.
/* global RUNTIME */
import { at, bytesIn, compiled, expect, hand, imported, unlessBroken } from "./downloads.js";

const [SCRIPT, INTERPRETER] = ["pyodide.asm.js", "pyodide.asm.wasm"];
const inStart = (name) => RUNTIME.start + name;

/** Ask for all that is needed; return what restores Python with the loader of Pyodide. */
export function keptMemory() {
  const needed = [...[SCRIPT, INTERPRETER].map(inStart), RUNTIME.image];
  expect(needed);
  // Both large files are asked for before any code that wants them is here. The memory is unpacked
  // after the interpreter: it is wanted later, and browsers unpack all downloads on one thread.
  const interpreter = compiled(inStart(INTERPRETER));
  const image = bytesIn(RUNTIME.image, interpreter);
  const script = imported(inStart(SCRIPT));
  for (const file of [interpreter, image, script]) file.catch(() => {}); // told by `restored`
  return async function restored(loader, options) {
    const [{ loadPyodide }, { default: createPyodideModule }] = await Promise.all([loader, script]);
    handCompiled(interpreter);
    hand("no-library", new Response()); // every import has been done
    const python = loadPyodide({
      ...options,
      indexURL: at(RUNTIME.start),
      stdLibURL: at("no-library"),
      ...restoring(createPyodideModule, image),
    });
    return unlessBroken([interpreter, image], python);
  };
}

/**
 * Pyodide fetches and compiles the interpreter by itself, when its script is here. It has no other
 * public way to be handed it: what it fetches is empty, and what it compiles is compiled already.
 */
function handCompiled(interpreter) {
  const empty = new Response();
  const compiling = WebAssembly.instantiateStreaming;
  hand(inStart(INTERPRETER), empty);
  WebAssembly.instantiateStreaming = async (response, imports) => {
    if ((await response) !== empty) return compiling.call(WebAssembly, response, imports);
    const module = await interpreter;
    return { module, instance: await WebAssembly.instantiate(module, imports) };
  };
}

// `_loadSnapshot`, `restoreSnapshot` and `rawRun` are private to Pyodide. It would take the whole
// memory as an option and copy it; here it gets the size, and the image is filled in where it would
// copy.
function restoring(createPyodideModule, image) {
  return {
    _loadSnapshot: RUNTIME.memory,
    createPyodideModule: async (settings) => {
      const [module, bytes] = await Promise.all([createPyodideModule(settings), image]);
      module.API.restoreSnapshot = () => keepingTrampoline(module, () => fill(module, bytes));
      // It would only import what the memory has, and wake Python's compiler for that.
      module.API.rawRun = () => [0, ""];
      return module;
    },
  };
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
