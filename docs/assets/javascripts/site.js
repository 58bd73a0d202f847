// All that a page without a calculator runs, but what its head holds.
import "./search.js";
import "./termwise/intent.js";
import "./termwise/language.js";
import "./contents.js";
