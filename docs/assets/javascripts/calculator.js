// All that a page with a calculator runs, but what its head holds. Other scripts may import it too.
import "./termwise/define.js"; // first: whatever stops one of the others, the calculator works
import "./termwise/today.js";
import "./termwise/language.js";
import "./contents.js";
import "./termwise/previews.js";
import "./termwise/week.js";
import "./termwise/steps.js";
import "./termwise/offline.js";
import "./search.js";

export { engineAt } from "./termwise/engine.js";
export { firstAnswer, loadFirstAnswers } from "./termwise/first_answers.js";
