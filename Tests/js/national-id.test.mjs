import assert from "node:assert/strict";
import { test } from "node:test";
import { plain, readNationalID } from "../../Sources/ClinicWeb/Resources/public/js/lib/national-id.js";

test("national id: birth date and sex of valid numbers", () => {
  assert.deepEqual(readNationalID("11010519491231002X"), { bornOn: "1949-12-31", gender: "female" });
  assert.deepEqual(readNationalID("１１０１０５１９４９１２３１００２ｘ"), { bornOn: "1949-12-31", gender: "female" });
  assert.deepEqual(readNationalID("440524188001010014"), { bornOn: "1880-01-01", gender: "male" });
});

test("national id: nothing from a wrong number", () => {
  assert.equal(readNationalID("110105194912310021"), null);
  assert.equal(readNationalID("110105194913310026"), null);
  assert.equal(readNationalID("11010519491231"), null);
  assert.equal(readNationalID(""), null);
});

test("national id: full-width characters and spaces", () => {
  assert.equal(plain("１１０　ｘ 2"), "110X2");
});
