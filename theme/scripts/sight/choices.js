// What there is to choose: of each row one, its first being how the page is without a choice.
export const ROWS = [['', 'large', 'larger'], ['', 'day', 'night'], ['', 'simple'], ['', 'pointer']];

/** The chosen of each row, as one text: 'larger night'. What is no choice of ours falls away. */
export function chosenIn(kept) {
  const told = kept.split(' ');
  return ROWS.map((row) => row.slice(1).find((one) => told.includes(one)) || '');
}

/** The text to keep when, in a row, another is chosen. */
export function choose(kept, row, value) {
  const chosen = chosenIn(kept);
  chosen[row] = value;
  return chosen.filter(Boolean).join(' ');
}
