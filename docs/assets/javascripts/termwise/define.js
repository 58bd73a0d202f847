import { TermwiseCalculator } from "./element.js";

customElements.define("termwise-calculator", TermwiseCalculator);
