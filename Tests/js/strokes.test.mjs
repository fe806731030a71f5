// node --test Tests/js
import assert from "node:assert/strict";
import { test } from "node:test";
import { extend, pathOf, pointIn } from "../../Sources/ClinicWeb/Resources/public/js/lib/strokes.js";

const rect = { left: 100, top: 50, width: 300, height: 100 };

test("signature: a pointer becomes a whole point of the box R1.05", () => {
  assert.deepEqual(pointIn(rect, 100, 50), [0, 0]);
  assert.deepEqual(pointIn(rect, 250, 100), [300, 100]);
  assert.deepEqual(pointIn(rect, 400, 150), [600, 200]);
});

test("signature: outside the box counts as its edge R1.05", () => {
  assert.deepEqual(pointIn(rect, -20, 900), [0, 200]);
});

test("signature: a pen that rests adds nothing R1.05", () => {
  const stroke = extend([], [10, 10]);
  assert.equal(extend(stroke, [11, 11]), stroke);
  assert.deepEqual(extend(stroke, [13, 10]), [[10, 10], [13, 10]]);
});

test("signature: strokes become moves and lines R1.05", () => {
  assert.equal(pathOf([[[20, 120], [40, 60]], [], [[60, 140]]]), "M20 120L40 60M60 140");
});
