import assert from "node:assert/strict";
import { test } from "node:test";
import { clampStart, clock, nextCell, rowAt, slotIn, stepped } from "../../Sources/ClinicWeb/Resources/public/js/lib/board-grid.js";

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

// Column 0: free 36, a card 37–39, free 40. Column 1: the strip of column 0, a card at 37. Column 2: a card 30–35, free 44.
const FREE36 = { column: 0, row: 36, span: 1 };
const CARD37 = { column: 0, row: 37, span: 3 };
const FREE40 = { column: 0, row: 40, span: 1 };
const STRIP37 = { column: 1, row: 37, span: 1, isStrip: true };
const CARD30 = { column: 2, row: 30, span: 6 };
const FREE44 = { column: 2, row: 44, span: 1 };
const CELLS = [FREE36, FREE40, CARD37, STRIP37, FREE44, CARD30];

test("up and down walk over free and taken cells of a column and stop at its ends", () => {
  assert.equal(nextCell(CELLS, FREE36, "ArrowDown", 36), CARD37);
  assert.equal(nextCell(CELLS, CARD37, "ArrowDown", 37), FREE40);
  assert.equal(nextCell(CELLS, FREE40, "ArrowUp", 40), CARD37);
  assert.equal(nextCell(CELLS, FREE36, "ArrowUp", 36), null);
  assert.equal(nextCell(CELLS, FREE40, "ArrowDown", 40), null);
  assert.equal(nextCell(CELLS, CARD37, "Home", 37), FREE36);
  assert.equal(nextCell(CELLS, CARD37, "End", 37), FREE40);
});

test("left and right keep the row, and enter a strip only where something stands in it", () => {
  assert.equal(nextCell(CELLS, CARD37, "ArrowRight", 37), STRIP37);
  assert.equal(nextCell(CELLS, STRIP37, "ArrowRight", 37), CARD30, "35 is nearer to 37 than 44");
  assert.equal(nextCell(CELLS, FREE40, "ArrowRight", 40), FREE44);
  assert.equal(nextCell(CELLS, FREE44, "ArrowLeft", 38), CARD37, "the row wanted is the one the walk began in");
  assert.equal(nextCell(CELLS, FREE44, "ArrowRight", 44), null);
});

test("without a current cell the walk begins at the first one, and an empty board has none", () => {
  assert.equal(nextCell(CELLS, undefined, "ArrowDown", 0), FREE36);
  assert.equal(nextCell([], undefined, "ArrowDown", 0), null);
});

test("clock writes quarters of an hour", () => {
  assert.equal(clock(37), "09:15");
  assert.equal(clock(96), "24:00");
});

test("slotIn: a doctor's column keeps the chair only with the same doctor", () => {
  const booking = { doctor: "D1", chair: "C1" };
  const slot = { day: "2026-03-12", unit: "40", units: "2" };
  assert.deepEqual(slotIn({ day: "2026-03-12", doctor: "D1", chairs: "" }, booking, 40, 2), { ...slot, doctor: "D1", chair: "C1" });
  assert.deepEqual(slotIn({ day: "2026-03-12", doctor: "D2", chairs: "" }, booking, 40, 2), { ...slot, doctor: "D2", chair: "" });
});

test("slotIn: a chair's or room's column keeps the doctor, and the chair if it stands there", () => {
  const booking = { doctor: "D1", chair: "C2" };
  const slot = { day: "2026-03-12", unit: "40", units: "2", doctor: "D1" };
  assert.deepEqual(slotIn({ day: "2026-03-12", doctor: "", chairs: "C1 C2" }, booking, 40, 2), { ...slot, chair: "C2" });
  assert.deepEqual(slotIn({ day: "2026-03-12", doctor: "", chairs: "C3" }, booking, 40, 2), { ...slot, chair: "C3" });
});
