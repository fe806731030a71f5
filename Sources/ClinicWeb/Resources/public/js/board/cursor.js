// One cell of the board has the cursor: the only one Tab stops at; arrows walk over free and taken cells. It stays at its
// place when the grid is fetched again and when the day changes.
import { nextCell } from "../lib/board-grid.js";

const KEY = "menya.board.cursor";

export function makeCursor(board, { signal, moved }) {
  const { root } = board;
  let id = "";
  let want = null;
  const wasFocused = remembered()?.focused ?? false;

  const element = () => (id ? document.getElementById(id) : null);

  function all() {
    return board.grid() ? board.cells() : [];
  }

  /** Makes `cell` the only stop of Tab. */
  function settle(cell) {
    for (const other of root.querySelectorAll('.free[tabindex="0"], .appt[tabindex="0"]')) other.tabIndex = -1;
    cell.element.tabIndex = 0;
    id = cell.element.id;
    remember(cell);
    moved(cell);
  }

  function remember(cell) {
    const focused = root.contains(document.activeElement);
    const place = { column: cell.lane.dataset.column, row: cell.row, focused };
    try {
      sessionStorage.setItem(KEY, JSON.stringify(place));
    } catch {
      // Without storage the cursor begins at the top of the next day.
    }
  }

  function remembered() {
    try {
      return JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    } catch {
      return null;
    }
  }

  /** After the grid was drawn: the same cell, or what stands in its place now. */
  function restore() {
    const cells = all();
    for (const cell of cells) cell.element.tabIndex = -1;
    if (cells.length === 0) return;
    const known = cells.find((cell) => cell.element.id === id) ?? placed(cells) ?? cells[0];
    want ??= known.row;
    settle(known);
  }

  function placed(cells) {
    const place = remembered();
    if (!place) return null;
    const column = cells.find((cell) => cell.lane.dataset.column === place.column);
    // A cell that does not exist stands for the place itself: what is nearest to it takes over.
    const from = { column: (column ?? cells[0]).column, row: place.row, span: 1 };
    return cells.find((cell) => cell.column === from.column && cell.row <= from.row && from.row < cell.row + cell.span)
      ?? nextCell(cells, from, "ArrowUp", from.row) ?? nextCell(cells, from, "ArrowDown", from.row);
  }

  function goTo(cell) {
    settle(cell);
    cell.element.focus();
    cell.element.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** One press of an arrow key. The first one only shows where the cursor is. */
  function press(key) {
    const cells = all();
    const current = cells.find((cell) => cell.element.id === id);
    if (!current) {
      if (cells.length > 0) goTo(cells[0]);
      return;
    }
    if (document.activeElement !== current.element) {
      goTo(current);
      return;
    }
    const next = nextCell(cells, current, key, want ?? current.row);
    if (!next) return;
    if (key === "ArrowUp" || key === "ArrowDown" || key === "Home" || key === "End") want = next.row;
    goTo(next);
  }

  root.addEventListener("focusin", (event) => {
    const cell = all().find((one) => one.element === event.target);
    if (!cell) return;
    if (cell.element.id !== id) want = cell.row;
    settle(cell);
  }, { signal });
  // Who walked to another day with [ or ] walks on there.
  addEventListener("pagehide", () => {
    const cell = all().find((one) => one.element.id === id);
    if (cell) remember(cell);
  }, { signal });

  return {
    element, restore, press,
    focusAgain() {
      if (document.activeElement === document.body && wasFocused) element()?.focus({ preventScroll: true });
    },
    focus(target) {
      const cell = all().find((one) => one.element === target);
      if (cell) goTo(cell);
    },
  };
}
