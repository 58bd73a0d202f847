// The rows of a comparison in the order of what they cost.

/** The cheapest first, of one currency; nothing is nothing in any, and what is not known comes last. */
export function byCost(rows, rates) {
  const key = (row) => {
    const { currency, least, most } = row.amount;
    if (least === undefined) return [2, "", 0];
    if (!Number(most)) return [0, "", 0];
    const value = rates.valueOf(row.amount);
    return value === undefined ? [1, currency, Number(least)] : [1, "", value];
  };
  const keys = new Map(rows.map((row) => [row, key(row)]));
  const compared = (a, b) => (a < b ? -1 : Number(a > b));
  return [...rows].sort((one, other) => {
    const [first, then] = [keys.get(one), keys.get(other)];
    return first.map((part, place) => compared(part, then[place])).find(Boolean) ?? 0;
  });
}
