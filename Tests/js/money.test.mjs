import assert from "node:assert/strict";
import { test } from "node:test";
import { fenOf, figures, notesFor } from "../../Sources/ClinicWeb/Resources/public/js/lib/money.js";
import { teethOf } from "../../Sources/ClinicWeb/Resources/public/js/lib/teeth.js";

test("amounts are read as staff type them, in whole fen", () => {
  assert.equal(fenOf("480"), 48000);
  assert.equal(fenOf("￥１，２８０．５"), 128050);
  assert.equal(fenOf("0.07"), 7);
  assert.equal(fenOf(""), 0);
  for (const wrong of ["1.234", "abc", "-5", "1e3", "."]) assert.equal(fenOf(wrong), null, wrong);
});

test("amounts are written as the server writes them", () => {
  assert.equal(figures(0), "0.00");
  assert.equal(figures(5), "0.05");
  assert.equal(figures(123456789), "1,234,567.89");
  assert.equal(figures(-9200), "−92.00");
});

test("likely notes: exact, then the next 10, 50 and 100", () => {
  assert.deepEqual(notesFor(36600), [36600, 37000, 40000]);
  assert.deepEqual(notesFor(100), [100, 1000, 5000, 10000]);
  assert.deepEqual(notesFor(10000), [10000]);
  assert.deepEqual(notesFor(0), []);
});

test("teeth are counted as the server reads them", () => {
  assert.deepEqual(teethOf("16、17"), [16, 17]);
  assert.deepEqual(teethOf("１６，16"), [16]);
  assert.deepEqual(teethOf("12-22"), [11, 12, 21, 22]);
  assert.equal(teethOf("全口").length, 32);
  assert.equal(teethOf("上颌").length, 16);
  assert.deepEqual(teethOf("54-52"), [52, 53, 54]);
  assert.deepEqual(teethOf(""), []);
  for (const wrong of ["19", "16-36", "x", "9"]) assert.equal(teethOf(wrong), null, wrong);
});
