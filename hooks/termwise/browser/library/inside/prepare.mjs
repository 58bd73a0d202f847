// Boots Pyodide on the uncompiled archive, notes which modules a session imports, and runs
// prepare.py, which compiles them.
// Arguments: the pyodide package, the working folder, the host's site-packages (for pyodide-build).
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [pyodideFolder, workFolder, hostPackages] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(join(pyodideFolder, "pyodide.mjs")));

// Node shows the source line of an uncaught error, and Pyodide's is a megabyte long.
process.on("uncaughtException", (error) => {
  console.error(error.message);
  process.exit(1);
});

const python = await loadPyodide({
  stdLibURL: join(workFolder, "sources.zip"),
  env: {
    PYTHONTZPATH: "/usr/share/zoneinfo", // as in the worker: saves importing the build's settings
    PYTHONOPTIMIZE: "2", // without docstrings, which nobody reads in a browser
    // These decide bytes of the compiled files: the order of sets, and hashes for file dates.
    PYTHONHASHSEED: "0",
    SOURCE_DATE_EPOCH: process.env.SOURCE_DATE_EPOCH,
  },
});

// First what counts: the imports of a session, and an error that describes itself to JavaScript.
const wanted = JSON.parse(readFileSync(join(workFolder, "wanted.json"), "utf8"));
for (const name of wanted) python.pyimport(name);
try {
  python.pyimport("no_such_module");
} catch (error) {
  if (error.type !== "ModuleNotFoundError") throw error;
}
const trace = "import sys; [getattr(m.__spec__, 'origin', None) for m in sys.modules.values()]";
const origins = python.runPython(trace).toJs();
writeFileSync(join(workFolder, "imported.json"), JSON.stringify(origins));

// Then the build's own tool, whose imports do not count.
for (const [mountPoint, folder] of [["/work", workFolder], ["/host", hostPackages]]) {
  python.FS.mkdirTree(mountPoint);
  python.mountNodeFS(mountPoint, folder);
}
python.runPython(readFileSync(new URL("./prepare.py", import.meta.url), "utf8"));
