// Makes <termwise-calculator> work, on pages that have one; other pages load nothing more.
if (document.querySelector("termwise-calculator")) {
  const { TermwiseCalculator } = await import("./element.js");
  customElements.define("termwise-calculator", TermwiseCalculator);
}
