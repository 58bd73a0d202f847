import { TermwiseEditor } from "./element.js";

customElements.define("termwise-editor", TermwiseEditor);
