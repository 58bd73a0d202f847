import { TermwiseComparison } from "./comparison.js";

customElements.define("termwise-comparison", TermwiseComparison);
