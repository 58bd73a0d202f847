// All that a page with a calculator runs, but what its head holds. Other scripts may import it too.
import "./search.js";
import "./termwise/language.js";
import "./termwise/offline.js";
import "./termwise/today.js";
import { TermwiseCalculator } from "./termwise/element.js";

export { engineAt } from "./termwise/engine.js";
export { firstAnswer, loadFirstAnswers } from "./termwise/first_answers.js";

customElements.define("termwise-calculator", TermwiseCalculator);
