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

/**
 * The cell an arrow key goes to, free or taken; null at the edge.
 * Cells are `{ column, row, span, isStrip }`. Up and down go through the column; left and right to what lies at row `want`,
 * else to the nearest; a strip beside a column is entered only where something stands in it.
 */
export function nextCell(cells, current, key, want) {
  if (!current) return cells[0] ?? null;
  const column = cells.filter((cell) => cell.column === current.column && cell !== current);
  switch (key) {
    case "ArrowUp": return nearest(column.filter((cell) => cell.row < current.row), current.row);
    case "ArrowDown": return nearest(column.filter((cell) => cell.row > current.row), current.row);
    case "Home": return nearest(cells.filter((cell) => cell.column === current.column), -Infinity);
    case "End": return nearest(cells.filter((cell) => cell.column === current.column), Infinity);
    case "ArrowLeft": return beside(cells, current, -1, want);
    case "ArrowRight": return beside(cells, current, 1, want);
    default: return null;
  }
}

function beside(cells, current, step, want) {
  const columns = [...new Set(cells.map((cell) => cell.column))].filter((column) => step * (column - current.column) > 0);
  columns.sort((a, b) => step * (a - b));
  for (const number of columns) {
    const column = cells.filter((cell) => cell.column === number);
    const there = column.find((cell) => covers(cell, want));
    if (there) return there;
    const ordinary = column.filter((cell) => !cell.isStrip);
    if (ordinary.length > 0) return nearest(ordinary, want);
  }
  return null;
}

function covers(cell, row) {
  return cell.row <= row && row < cell.row + (cell.span ?? 1);
}

/** The nearest to a row; of two equally near ones the upper. Infinity is below everything, −Infinity above. */
function nearest(cells, row) {
  if (cells.length === 0) return null;
  const sorted = [...cells].sort((a, b) => a.row - b.row);
  if (row === Infinity) return sorted.at(-1);
  if (row === -Infinity) return sorted[0];
  const distance = (cell) => (covers(cell, row) ? 0 : Math.min(Math.abs(cell.row - row), Math.abs(cell.row + (cell.span ?? 1) - 1 - row)));
  return sorted.reduce((best, cell) => (distance(cell) < distance(best) ? cell : best));
}

/** "09:15" of a quarter of an hour of the day. */
export function clock(unit) {
  return `${String(Math.floor(unit / 4)).padStart(2, "0")}:${String((unit % 4) * 15).padStart(2, "0")}`;
}

/**
 * What a booking becomes in a column: `{ day, unit, units, doctor, chair }` as the server's forms name them. A column that
 * says nothing of a doctor or chair leaves it as it was; with another doctor the chair is chosen anew.
 */
export function slotIn(column, booking, unit, units) {
  const doctor = column.doctor || booking.doctor;
  const chairs = (column.chairs ?? "").split(" ").filter(Boolean);
  let chair = doctor === booking.doctor ? booking.chair : "";
  if (chairs.length > 0) chair = chairs.includes(booking.chair) ? booking.chair : chairs[0];
  return { day: column.day, unit: String(unit), units: String(units), doctor, chair };
}
