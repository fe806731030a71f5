import assert from "node:assert/strict";
import { test } from "node:test";
import { clampStart, neighbour, rowAt, stepped } from "../../Sources/ClinicWeb/Resources/public/js/lib/board-grid.js";

test("rowAt finds the row under the pointer and stays inside the grid", () => {
  assert.equal(rowAt(0, 760, 38), 0);
  assert.equal(rowAt(20, 760, 38), 1);
  assert.equal(rowAt(-50, 760, 38), 0);
  assert.equal(rowAt(9_999, 760, 38), 37);
  assert.equal(rowAt(5, 0, 38), 0);
});

test("clampStart keeps a card of several rows inside the grid", () => {
  assert.equal(clampStart(36, 4, 38), 34);
  assert.equal(clampStart(-2, 4, 38), 0);
});

test("stepped moves one place and stops at the edges", () => {
  const size = { rows: 38, columns: 8 };
  assert.deepEqual(stepped({ column: 0, row: 3, units: 2 }, "ArrowLeft", size), { column: 0, row: 3, units: 2 });
  assert.deepEqual(stepped({ column: 0, row: 3, units: 2 }, "ArrowRight", size), { column: 1, row: 3, units: 2 });
  assert.deepEqual(stepped({ column: 0, row: 36, units: 2 }, "ArrowDown", size), { column: 0, row: 36, units: 2 });
  assert.deepEqual(stepped({ column: 0, row: 3, units: 2 }, "ArrowUp", size), { column: 0, row: 2, units: 2 });
});

test("neighbour goes to the next card of the column, or to the next column at about the same time", () => {
  const cards = [{ column: 0, row: 4 }, { column: 0, row: 9 }, { column: 2, row: 8 }, { column: 2, row: 30 }];
  assert.equal(neighbour(cards, null, "ArrowDown"), cards[0]);
  assert.equal(neighbour(cards, cards[0], "ArrowDown"), cards[1]);
  assert.equal(neighbour(cards, cards[1], "ArrowRight"), cards[2]);
  assert.equal(neighbour(cards, cards[3], "ArrowLeft"), cards[1]);
  assert.equal(neighbour(cards, cards[1], "ArrowDown"), null);
});
