// Where things are on the board: pure arithmetic on rows and columns.

/** The row (0 …) under a height of the grid, kept inside it. */
export function rowAt(y, height, rows) {
  if (height <= 0) return 0;
  return Math.max(0, Math.min(rows - 1, Math.floor((y / height) * rows)));
}

/** Start row of a card of `units` rows, so that it does not leave the grid. */
export function clampStart(row, units, rows) {
  return Math.max(0, Math.min(rows - units, row));
}

/** A place after one press of an arrow key, or the same place at the edge. */
export function stepped(place, key, { rows, columns }) {
  const next = { ...place };
  if (key === "ArrowUp") next.row -= 1;
  if (key === "ArrowDown") next.row += 1;
  if (key === "ArrowLeft") next.column -= 1;
  if (key === "ArrowRight") next.column += 1;
  if (next.column < 0 || next.column >= columns) next.column = place.column;
  next.row = clampStart(next.row, place.units, rows);
  return next;
}

/** The card an arrow key goes to: the nearest one up or down in the column, or in the next column at about the same time. */
export function neighbour(cards, current, key) {
  if (!current) return cards[0] ?? null;
  const vertical = key === "ArrowUp" || key === "ArrowDown";
  const sign = key === "ArrowUp" || key === "ArrowLeft" ? -1 : 1;
  const candidates = cards.filter((card) => card !== current && (vertical
    ? card.column === current.column && sign * (card.row - current.row) > 0
    : sign * (card.column - current.column) > 0));
  const distance = (card) => vertical
    ? Math.abs(card.row - current.row)
    : Math.abs(card.column - current.column) * 1000 + Math.abs(card.row - current.row);
  return candidates.reduce((best, card) => (!best || distance(card) < distance(best) ? card : best), null);
}
