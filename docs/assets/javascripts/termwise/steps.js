// Draws the steps of cost for the case of the calculator, once Python has priced it and they are
// seen: dozens of prices for a picture far below would keep the next answer waiting.
//
// <figure class="tw-graph--cost">   as termwise_calculator.telling.cost_picture fills it; away where
//                                   it would show nothing

import { engineAt } from "./engine.js";
import { Terms } from "./terms.js";

const PAUSE_MS = 400; // so that the next key is answered before anything is drawn

const calculator = document.querySelector("termwise-calculator");
const figure = document.querySelector(".tw-graph--cost");
let last;
let drawn;
let isSeen = false;

/** What the terms of a quote say of its case by length; nothing of terms that are superseded. */
async function stepsOf({ service, terms, input: { start, minutes, set } }) {
  const { runtime, patience } = calculator.dataset;
  const bundle = new Terms(calculator.dataset, null).bundleOf(terms.digest);
  if (!bundle || minutes === null) return "";
  const query = { service, ...(start && { start }), minutes: `${minutes}`, ...set };
  return (await engineAt(runtime, patience).askForSteps(bundle, query)).html;
}

async function draw(quote) {
  if (quote !== last || quote === drawn) return;
  drawn = quote;
  const html = await stepsOf(quote).catch(() => null); // the calculator tells what is wrong
  if (quote !== last || html === null) return;
  figure.hidden = !html;
  if (!html) return;
  const isOpen = figure.querySelector("details").open;
  figure.innerHTML = html; // termwise_calculator.telling.cost_picture has escaped it
  figure.querySelector("details").open = isOpen;
}

/** What is away is nowhere to be seen, and may have to come back. */
function drawSoon() {
  const isWanted = isSeen || figure.hidden;
  if (last && isWanted && calculator.dataset.state === "ready") setTimeout(draw, PAUSE_MS, last);
}

if (figure) {
  calculator.addEventListener("termwise:quote", ({ detail }) => {
    last = detail;
    drawSoon();
  });
  new IntersectionObserver((seen) => {
    isSeen = seen.at(-1).isIntersecting;
    drawSoon();
  }).observe(figure);
}
