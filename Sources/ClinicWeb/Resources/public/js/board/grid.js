// The parts of the board as elements. Looked up anew each time: the grid is replaced when the day changes.
export function gridOf(root) {
  const grid = () => root.querySelector("#board-grid");
  return {
    root,
    grid,
    first: () => Number(grid().dataset.first),
    rows: () => Number(grid().dataset.rows),
    body: () => root.querySelector(".board-body"),
    /** Columns in which something can be dropped. */
    drops: () => [...root.querySelectorAll(".col[data-drop]")],
    card: (id) => (id ? document.getElementById(`a-${id}`) : null),
    idOf: (element) => element.dataset.carry ?? element.id.slice(2),
    hrefOf: (element) => element.dataset.href ?? element.getAttribute("href"),
    /** Everything the cell cursor can stand on, column by column; the strip of squeezed-in bookings follows its column. */
    cells: () => [...root.querySelectorAll(".col, .strip")].flatMap((lane, column) =>
      [...lane.querySelectorAll(":scope > .free, :scope > .appt[href]")].map((element) => ({
        element, column, lane, isStrip: lane.classList.contains("strip"),
        row: Number(element.dataset.unit), span: Number(element.dataset.units ?? 1),
      }))),
  };
}
