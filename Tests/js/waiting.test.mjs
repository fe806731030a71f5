// node --test Tests/js
import assert from "node:assert/strict";
import { test } from "node:test";
import { levelOf, ringOf, textOf } from "../../Sources/ClinicWeb/Resources/public/js/lib/waiting.js";

const limits = { ask: 15, over: 20 };

test("waits: levels change where the server changes them", () => {
  const levels = [0, 899, 900, 1_259, 1_260].map((seconds) => levelOf(seconds, limits));
  assert.deepEqual(levels, ["ok", "ok", "ask", "ask", "over"]);
});

test("waits: the ring is full at the limit and stays full", () => {
  assert.equal(ringOf(0, limits), "0.0 44");
  assert.equal(ringOf(600, limits), "22.0 44");
  assert.equal(ringOf(5_000, limits), "44.0 44");
});

test("waits: minutes and seconds", () => assert.equal(textOf(1_264), "21:04"));
