// Writes a Pyodide of the same build without what no calculator calls.
// Arguments: the pyodide package, the library's archive, sessions with the calculator as JSON, the
// compiled time zone Europe/Warsaw, the folder to write, and one for what is published of it.
//
// Two thirds of the interpreter are code, for a whole Python. Kept are the functions called until
// the memory is made, while it is restored, by the sessions and by exercise.py; and all that those
// call by name. Each other one is a trap: the worker then turns to the whole Pyodide. The script
// (script.mjs) and the exports that it uses are cut likewise.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { join } from "node:path";
import { Pyodide, exercise, ofMemory } from "../../memory/inside/python.mjs";
import { exportsUsed, trimmedScript } from "./script.mjs";
import {
  exporting,
  functionsIn,
  keeping,
  noted,
  noting,
  withCallees,
  withoutData,
} from "./wasm.mjs";

const [INTERPRETER, SCRIPT] = ["pyodide.asm.wasm", "pyodide.asm.mjs"];
const COLLECTING = 8; // in all of them: no function more, and half as long again
const USUAL = 2000; // new objects between two collections, as Python begins
const LARGE = 16384; // bytes; without smaller parts of its memory Pyodide does not start
const UNCHANGED = ["pyodide.mjs", "pyodide-lock.json", "package.json"];

const [pyodideFolder, library, sessionsFile, zoneFile, ...folders] = process.argv.slice(2);
const whole = (name) => readFileSync(join(pyodideFolder, name));
const interpreter = whole(INTERPRETER);

const instances = noteCalls();
const inspector = new Session();
inspector.connect();
await inspector.post("Profiler.enable");
await inspector.post("Profiler.startPreciseCoverage", { callCount: false, detailed: false });

const pyodide = new Pyodide(pyodideFolder, library);
const { python } = await ofMemory(async () => pyodide.restored(await pyodide.booted()));
const exercises = [new URL("exercise.py", import.meta.url)];
exercise(python, sessionsFile, zoneFile, exercises, { prepare: collectGarbage });

const imports = WebAssembly.Module.imports(new WebAssembly.Module(interpreter));
const script = await trimmedScript(
  whole(SCRIPT).toString(),
  await callsInScript(),
  new Set(imports.map(({ name }) => name)),
  [whole("pyodide.mjs").toString(), ourScript()],
);
const kept = keeping(withCallees(called(), interpreter), interpreter);
const trimmed = exporting(exportsUsed(script), kept);
// What is published lacks the large parts of the memory: they come with the image, which a browser
// unpacks while it compiles and starts the interpreter.
for (const [number, cut] of [trimmed, withoutData(LARGE, trimmed)].entries()) {
  const folder = folders[number];
  for (const name of UNCHANGED) copyFileSync(join(pyodideFolder, name), join(folder, name));
  writeFileSync(join(folder, SCRIPT), script);
  writeFileSync(join(folder, INTERPRETER), cut);
}

/**
 * Python collects garbage at any moment, and calls functions of whatever is in use just then. So it
 * collects at each new object, in one session of so many: the others have the same kinds in use.
 */
function collectGarbage(number) {
  const threshold = number % COLLECTING === 0 ? 1 : USUAL;
  python.runPython(`import gc; gc.set_threshold(${threshold}); None`);
}

/** From now on the interpreter notes which of its functions are called; its memory is the same. */
function noteCalls() {
  const made = [];
  const notes = noting(interpreter); // at once: Pyodide would wait for ever if it failed later
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (source, imports) => {
    if (source.length !== interpreter.length) return instantiate(source, imports);
    const result = await instantiate(notes, imports);
    made.push(result.instance);
    return result;
  };
  return made;
}

/** The numbers of the interpreter's functions that have been called by now. */
function called() {
  const numbers = new Set();
  for (const instance of instances) {
    noted(instance, functionsIn(interpreter)).forEach((once, n) => once && numbers.add(n));
  }
  return numbers;
}

/** Whether the script's function from one place in it to another has been called by now. */
async function callsInScript() {
  const { result } = await inspector.post("Profiler.takePreciseCoverage");
  const { functions } = result.find(({ url }) => url.endsWith(SCRIPT));
  const places = new Set();
  for (const { ranges: [{ startOffset, endOffset, count }] } of functions) {
    if (count) places.add(`${startOffset} ${endOffset}`);
  }
  return (start, end) => places.has(`${start} ${end}`);
}

/** What works with Pyodide's module; the worker's memory.js reads nothing else of it. */
function ourScript() {
  return readFileSync(new URL("../../memory/inside/python.mjs", import.meta.url), "utf8");
}
