// Starts the calculator's worker from the head, while the page is still arriving: Python loads
// beside the page. engine.js takes it over. Who asks the browser to save data gets it from there,
// when it is needed.
import "./watch.js";

const url = new URL(document.currentScript.dataset.runtime, document.baseURI).href;
const able = typeof WebAssembly === "object" && typeof Worker === "function";

function start() {
  const worker = new Worker(url, { type: "module", name: "termwise" });
  worker.onerror = () => delete window.termwiseStarted; // engine.js tries again, and tells
  const started = { url, worker };
  // Nobody listens yet: the last word on what has arrived is kept for engine.js.
  worker.onmessage = ({ data }) => (started.heard = data);
  window.termwiseStarted = started;
}

try {
  if (able && !navigator.connection?.saveData) start();
} catch {
  // Forbidden here: engine.js tells, or watch.js, where its script is forbidden as well.
}
