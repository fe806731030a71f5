import assert from "node:assert/strict";
import { test } from "node:test";
import { focusFirstFault } from "../../Sources/ClinicWeb/Resources/public/js/lib/faults.js";

test("faults: the first refused field takes the focus, a page without faults keeps its own", () => {
  let focused = null;
  const field = { focus() { focused = field; } };
  const asked = [];
  assert.equal(focusFirstFault({ querySelector: (selector) => (asked.push(selector), field) }), field);
  assert.equal(focused, field);
  assert.match(asked[0], /aria-invalid="true"/);
  focused = null;
  assert.equal(focusFirstFault({ querySelector: () => null }), null);
  assert.equal(focused, null);
});
