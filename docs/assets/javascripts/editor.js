// All that the page of the editor runs, but what its head holds.
import "./editor/define.js"; // first: whatever stops one of the others, the editor works
import "./search.js";
import "./termwise/language.js";
