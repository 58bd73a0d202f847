// Cuts pyodide.asm.mjs, the script that ties the interpreter to JavaScript, to what a calculator
// needs. It is a megabyte long, since it serves any extension of Python: graphics, sound, each of
// 8,560 exports by a name of its own. A browser reads all of it at every visit.
//
// What to leave out is said here, in words of that script; a missing word stops the build. What
// then has no use is left out by terser.
import { parse } from "acorn";
import { full, fullAncestor } from "acorn-walk";
import { minify } from "terser";

// A function of the script that never was called, where WebAssembly could call it: a trap, as in the
// interpreter itself. The smallest WebAssembly whose function "f" does nothing but stop.
const TRAP = `const trap = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.of(
  0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,7,5,1,1,102,0,0,10,5,1,3,0,0,11))).exports.f;
const stop = () => trap();
stop.sig = "v";
`;
// Never called under Node.js: Python's calls on iPhones and iPads, where Pyodide makes no trampoline.
const CALLED_ELSEWHERE = new Set(["_PyEM_TrampolineCall_JS"]);
// Extensions find exports by their places in the table, and there are none. Entering each takes
// long; and in WebKit, where an export is not the same object as in the table, all places moved.
const ENTERING_EXPORTS = ["updateGOT(origExports);", "updateTableMap(0,wasmTable.length)"];
const KEEP_MEANING = { defaults: false, dead_code: true, passes: 3, side_effects: true, unused: true };

/**
 * The script without what is not called.
 *
 * @param source  the script
 * @param isCalled  whether the function from one place in it to another ever was called
 * @param imported  the names that the interpreter imports
 * @param readers  other scripts, which read properties of Pyodide's module
 */
export async function trimmedScript(source, isCalled, imported, readers) {
  const script = new Script(source, isCalled);
  const kept = script.leaveOutImports(imported);
  script.leaveOutSignatures(kept);
  script.leaveOutProperties(wordsIn(readers));
  script.leaveOutEvaluations();
  return (await minify(script.changed(), { module: true, compress: KEEP_MEANING, mangle: false }))
    .code;
}

/** The exports of the interpreter that such a script uses; `main` goes by its name in C. */
export function exportsUsed(script) {
  const used = script.matchAll(/wasmExports(?:\.(\w+)|\["(\w+)"\])/g);
  return new Set(["__main_argc_argv", ...Array.from(used, ([, name, quoted]) => name ?? quoted)]);
}

const wordsIn = (texts) => new Set(texts.flatMap((text) => text.match(/[\w$]+/g)));

function replaced(text, old, instead) {
  if (text.split(old).length !== 2) throw new Error(`pyodide.asm.mjs should have once: ${old}`);
  return text.replace(old, instead);
}

class Script {
  #source;
  #isCalled;
  #edits = [];
  #named = new Map(); // functions and other values, by the names they are declared with
  #assignments = []; // statements of the form `target = value`

  constructor(source, isCalled) {
    this.#source = source;
    this.#isCalled = isCalled;
    this.tree = parse(source, { ecmaVersion: "latest", sourceType: "module" });
    full(this.tree, (node) => this.#note(node));
    this.#addTrap();
  }

  /** At the start of the one function that the script gives away. */
  #addTrap() {
    const given = this.tree.body.find(({ type }) => type === "ExportDefaultDeclaration");
    const maker = this.#function(given?.declaration.name);
    if (!maker) throw new Error("pyodide.asm.mjs gives away no function");
    const start = maker.body.start + 1;
    this.#edits.push({ start, end: start, text: TRAP });
  }

  #note(node) {
    const { type, id, init, expression } = node;
    if (type === "FunctionDeclaration") this.#named.set(id.name, node);
    if (type === "VariableDeclarator" && init) this.#named.set(id.name, init);
    if (type === "ExpressionStatement" && expression.type === "AssignmentExpression") {
      this.#assignments.push(node);
    }
  }

  #text({ start, end }) {
    return this.#source.slice(start, end);
  }

  #replace({ start, end }, text = "") {
    this.#edits.push({ start, end, text });
  }

  /** The function of that name, also where it is another name of a function. */
  #function(name) {
    const found = this.#named.get(name);
    if (found?.type === "Identifier") return this.#function(found.name);
    return /Function/.test(found?.type) ? found : undefined;
  }

  /** What WebAssembly cannot import, or never called; returns the names of functions that stay. */
  leaveOutImports(imported) {
    const kept = new Set();
    const offered = this.#named.get("wasmImports");
    if (!offered) throw new Error("pyodide.asm.mjs has no wasmImports");
    const entries = offered.properties.flatMap((property) => {
      const [name, { name: value }] = [property.key.name ?? property.key.value, property.value];
      if (!imported.has(name)) return [];
      const known = CALLED_ELSEWHERE.has(name) ? null : this.#function(value);
      if (known && !this.#isCalled(known.start, known.end)) return `${JSON.stringify(name)}:stop`;
      kept.add(value);
      return this.#text(property);
    });
    this.#replace(offered, `{${entries}}`);
    return kept;
  }

  /** `name.sig = "…"`, by which a function that WebAssembly calls through a table is wrapped. */
  leaveOutSignatures(kept) {
    for (const statement of this.#assignments) {
      const { object, property } = statement.expression.left;
      if (property?.name === "sig" && !kept.has(object.name)) this.#replace(statement);
    }
  }

  /** `Module["name"] = …`, of exports too, where nobody reads that property. */
  leaveOutProperties(read) {
    for (const [, name] of this.#source.matchAll(/[.?]([\w$]+)/g)) read.add(name);
    const uses = new Map();
    full(this.tree, ({ type, name }) => {
      if (type === "Identifier") uses.set(name, (uses.get(name) ?? 0) + 1);
    });
    for (const statement of this.#assignments) {
      const named = /^(?:([\w$]+)=)?Module\["([\w$]+)"\]=(.*)$/.exec(this.#text(statement));
      if (!named || read.has(named[2])) continue;
      const [, variable, property, value] = named;
      const usedHere = uses.get(variable) > 2; // beside its declaration and this
      if (value.startsWith("wasmExports[") && !usedHere) this.#replace(statement);
      if (value.replace(";", "") === property) this.#replace(statement);
    }
  }

  /** Where a script may evaluate any text, nothing around it could be left out. */
  leaveOutEvaluations() {
    fullAncestor(this.tree, ({ type, callee }, _, ancestors) => {
      if (type !== "CallExpression" || callee.name !== "eval") return;
      const around = ancestors.findLast((node) => /Function/.test(node.type));
      if (!this.#isCalled(around.start, around.end)) this.#replace(around.body, "{stop()}");
    });
  }

  changed() {
    this.#edits.sort((one, other) => one.start - other.start || other.end - one.end);
    let [text, place] = ["", 0];
    for (const edit of this.#edits) {
      if (edit.start < place) continue; // within what was replaced
      text += this.#source.slice(place, edit.start) + edit.text;
      place = edit.end;
    }
    text += this.#source.slice(place);
    for (const entering of ENTERING_EXPORTS) text = replaced(text, entering, "");
    return text;
  }
}
