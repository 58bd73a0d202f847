// Asks the engines of others: a request a line on standard input, an answer a line on output.
// tariff-core wants a newer Python than Termwise does, so it runs in the Pyodide of the site.
// Arguments: the folder of the repository, the site-packages that hold tariff-core and tzdata.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [root, packages] = process.argv.slice(2);
const { default: Publicodes } = await import("publicodes");
const silent = { log() {}, warn() {}, error() {} };
let python;

async function pyodide() {
  const { loadPyodide } = await import(pathToFileURL(join(root, "node_modules/pyodide/pyodide.mjs")));
  const started = await loadPyodide({ env: { PYTHONTZPATH: "/packages/tzdata/zoneinfo" } });
  for (const [mountPoint, folder] of [["/packages", packages], ["/termwise", root]]) {
    started.FS.mkdirTree(mountPoint);
    started.mountNodeFS(mountPoint, folder);
  }
  started.runPython("import sys; sys.path += ['/packages', '/termwise/calculator']");
  started.runPython(readFileSync(new URL("./inside_pyodide.py", import.meta.url), "utf8"));
  return started;
}

function publicodes({ rules, situations, wanted, seconds }) {
  const engine = new Publicodes(rules, { logger: silent });
  const evaluate = (situation) => {
    engine.setSituation(situation);
    return wanted.map((rule) => engine.evaluate(rule).nodeValue);
  };
  return seconds ? quotesPerSecond(evaluate, situations, seconds) : situations.map(evaluate);
}

function quotesPerSecond(evaluate, situations, seconds) {
  const started = process.cpuUsage();
  let count = 0;
  for (;;) {
    for (const situation of situations) evaluate(situation);
    count += situations.length;
    const { user, system } = process.cpuUsage(started);
    const took = (user + system) / 1e6;
    if (took >= seconds) return count / took;
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { engine, ...request } = JSON.parse(line);
  if (engine === "publicodes") {
    console.log(JSON.stringify(publicodes(request)));
    continue;
  }
  python ??= await pyodide();
  console.log(python.globals.get("answer")(engine, JSON.stringify(request)));
}
