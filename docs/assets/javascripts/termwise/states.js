// What a calculator says of itself: whether its figure is for the entries shown, and why it cannot
// calculate. The script of the head says it, too, as long as the element does not listen.

/**
 * Mark the figure as one that is not for the entries shown, with the case that it is for; or take
 * the mark away. The mark stands in the total, which on a phone is all that is seen of the quote.
 * `words` names the attribute that has them.
 */
export function markStale(calculator, stale, words = "otherCase") {
  const output = calculator.querySelector("output");
  output.toggleAttribute("data-stale", stale);
  const mark = output.querySelector("[data-part=stale]");
  if (!stale) mark?.remove();
  else say(mark ?? newMark(output), output, words);
}

function newMark(output) {
  const mark = document.createElement("span");
  mark.dataset.part = "stale";
  output.querySelector("[data-total]").before(mark);
  return mark;
}

function say(mark, output, words) {
  mark.textContent = (output.dataset[words] ?? "{case}").replace("{case}", () => caseOf(output));
}

/** The case of a quote in words, without the signs of its notes. */
export function caseOf(output) {
  const shown = output.querySelector(".tw-case")?.cloneNode(true);
  for (const sign of shown?.querySelectorAll(".tw-mark") ?? []) sign.remove();
  return shown?.textContent ?? "";
}

/** Say why nothing is calculated, with the button that helps; nothing at all without a reason. */
export function tellReason(calculator, reason) {
  if (reason) calculator.dataset.reason = reason;
  else delete calculator.dataset.reason;
  const failure = calculator.querySelector("[data-part=failure]");
  if (!failure) return;
  failure.hidden = !reason;
  for (const text of failure.querySelectorAll("[data-reason]")) {
    text.hidden = text.dataset.reason !== reason;
  }
  const { helps } = failure.querySelector(`[data-reason=${reason}]`)?.dataset ?? {};
  for (const button of failure.querySelectorAll("[data-action]")) {
    button.hidden = button.dataset.action !== helps;
  }
}
