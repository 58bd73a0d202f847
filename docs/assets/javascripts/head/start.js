// Starts Python from the head for who comes by a link to a case that nobody has answered yet, while
// the page is still arriving; engine.js takes the worker over. Its script in the page has:
//
// data-runtime="URL of the worker module"
// data-answered="minutes=60&minutes=90&…"       every value of a field that the page has answers for

const { runtime, answered = "" } = document.currentScript.dataset;
const known = new URLSearchParams(answered);
const asked = [...new URLSearchParams(location.search)];
const leadsElsewhere = asked.some(([name, value]) => known.has(name) && !known.getAll(name).includes(value));

function start(url) {
  const worker = new Worker(url, { type: "module", name: "termwise" });
  const started = { url, worker };
  worker.onerror = () => delete window.termwiseStarted; // engine.js tries again, and tells
  worker.onmessage = ({ data }) => (started.heard = data); // what has arrived until somebody listens
  window.termwiseStarted = started;
}

try {
  const able = typeof WebAssembly === "object" && typeof Worker === "function";
  if (able && leadsElsewhere) start(new URL(runtime, document.baseURI).href);
} catch {
  // Forbidden here: engine.js tells, or watch.js, where its script is forbidden as well.
}
