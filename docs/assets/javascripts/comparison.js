// All that the page of the comparison runs, but what its head holds.
import "./termwise/define_comparison.js"; // first: whatever stops one of the others, it works
import "./termwise/previews.js";
import "./termwise/today.js";
import "./termwise/language.js";
import "./termwise/offline.js";
import "./termwise/intent.js";
import "./search.js";
