// The editor's Python, off the page's thread: the code that makes the site, in a whole Pyodide.
//
// hooks/termwise/content/editor_runtime.py puts this and what it imports into one file, below the
// line `const RUNTIME = {…};`: the names, sizes and digests of everything to load.
//
// In:  {id, open: {sources, language}}   begin with the files at an address
//      {id, ask, with: […]}              call a method of the editor
// Out: {progress: {loaded, total}}, {id, answer} or {id, failure: {reason, message}}
/* global RUNTIME */
import {
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
} from "../termwise/downloads.js";
import { WallClock } from "./wall_clock.js";

const PACKAGES = "/editor";
self.Date = WallClock; // before the library of opening hours asks for it

const { loader, script, interpreter, library, archive, hours } = RUNTIME;
expect([loader, script, interpreter, library, archive, hours]);

async function booted() {
  const bytes = Object.fromEntries(
    [interpreter, library, archive].map((path) => [path, bytesIn(path)]),
  );
  const modules = [imported(script), imported(hours), imported(loader)];
  const downloads = [...Object.values(bytes), ...modules];
  for (const file of downloads) file.catch(() => {}); // told below
  hand(interpreter, bytes[interpreter].then((content) => asWasm(new Response(content))));
  hand(library, bytes[library].then((content) => new Response(content)));
  const [{ default: createPyodideModule }, { default: OpeningHours }, { loadPyodide }] =
    await Promise.all(modules);
  const starting = loadPyodide({
    packageBaseUrl: at(script),
    lockFileContents: RUNTIME.lock,
    indexURL: at(script.slice(0, script.lastIndexOf("/") + 1)),
    stdLibURL: at(library),
    createPyodideModule,
  });
  const python = await unlessBroken(downloads, starting);
  handNoMore();
  python.unpackArchive(new Uint8Array(await bytes[archive]), "zip", { extractDir: PACKAGES });
  python.runPython(`import sys; sys.path.insert(0, "${PACKAGES}")`);
  python.pyimport("termwise.editor.opening_hours_library").provide(
    (text) => new OpeningHours(text),
    (written) => new WallClock(written),
  );
  return python.pyimport("termwise.editor.session");
}

const session = Promise.all([booted(), unaltered()]).then(([opened]) => opened);
session.catch(() => {}); // told to whoever asks
let editor;

async function answered({ open, ask, with: given }) {
  const { open_editor } = await session;
  if (open) editor = open_editor(await named(open.sources), open.language);
  return open ? null : editor[ask](...given);
}

self.onmessage = async ({ data: { id, ...asked } }) => {
  try {
    postMessage({ id, answer: await answered(asked) });
  } catch (error) {
    postMessage({ id, failure: { reason: error.reason ?? "crash", message: String(error.message) } });
  }
};
