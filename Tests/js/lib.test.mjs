// node --test Tests/js
import assert from "node:assert/strict";
import { test } from "node:test";
import { namesOf } from "../../Sources/ClinicWeb/Resources/public/js/lib/behaviors.js";
import { coalesce } from "../../Sources/ClinicWeb/Resources/public/js/lib/coalesce.js";
import { isBehind, parse } from "../../Sources/ClinicWeb/Resources/public/js/lib/event-id.js";
import { clockIn, shiftOf, stateOf, textOf } from "../../Sources/ClinicWeb/Resources/public/js/lib/freshness.js";
import { actsInFields, belongsToField, halfWidth, nameOf } from "../../Sources/ClinicWeb/Resources/public/js/lib/keys.js";
import { haveOf } from "../../Sources/ClinicWeb/Resources/public/js/lib/live-parts.js";
import { moved } from "../../Sources/ClinicWeb/Resources/public/js/lib/selection.js";
import { concerns } from "../../Sources/ClinicWeb/Resources/public/js/lib/topics.js";
import { openConnection } from "../../Sources/ClinicWeb/Resources/public/js/live/connection.js";

test("behaviours: only plain names are loaded, data-live adds live once", () => {
  assert.deepEqual(namesOf({ behavior: " dialog  confirm-once " }), ["dialog", "confirm-once"]);
  assert.deepEqual(namesOf({ behavior: "../evil", live: "board" }), ["live"]);
  assert.deepEqual(namesOf({ behavior: "live", live: "board" }), ["live"]);
});

test("keys: fields and input methods keep their keys", () => {
  const press = (key, target, more = {}) => ({ key, target, ...more });
  assert.equal(belongsToField(press("n", { tagName: "INPUT", type: "text" })), true);
  assert.equal(belongsToField(press("n", { tagName: "INPUT", type: "checkbox" })), false);
  assert.equal(belongsToField(press("n", { tagName: "DIV" }, { isComposing: true })), true);
  assert.equal(belongsToField(press("Process", { tagName: "DIV" })), true);
  assert.equal(belongsToField(press("n", { tagName: "DIV" })), false);
});

test("keys: full-width signs are shortcuts too, Alt is left to the browser", () => {
  assert.equal(nameOf({ key: "／" }), "/");
  assert.equal(nameOf({ key: "１" }), "1");
  assert.equal(nameOf({ key: "N" }), "n");
  assert.equal(nameOf({ key: "k", ctrlKey: true }), "ctrl+k");
  assert.equal(nameOf({ key: "Shift" }), null);
  assert.equal(nameOf({ key: "n", altKey: true }), null);
  assert.equal(halfWidth("１３８　Ａ"), "138 A");
  assert.deepEqual(["F2", "ctrl+k", "n", "Enter"].map(actsInFields), [true, true, false, false]);
});

test("freshness: fresh until 60 s without a word, offline 4 s after a break", () => {
  assert.equal(stateOf({ now: 59_999, contactAt: 0, brokenAt: null }), "fresh");
  assert.equal(stateOf({ now: 60_000, contactAt: 0, brokenAt: null }), "stale");
  assert.equal(stateOf({ now: 3_999, contactAt: 0, brokenAt: 0 }), "fresh");
  assert.equal(stateOf({ now: 4_000, contactAt: 0, brokenAt: 0 }), "offline");
});

test("freshness: words in the clinic's own time", () => {
  const clock = clockIn("Asia/Shanghai");
  const at = Date.UTC(2026, 2, 12, 2, 24, 5);
  assert.equal(textOf("fresh", { now: at, contactAt: at, brokenAt: null }, clock), "刚刚更新 10:24:05");
  assert.equal(textOf("stale", { now: at + 130_000, contactAt: at, brokenAt: null }, clock), "2 分钟前的数据");
  assert.equal(textOf("offline", { now: at, contactAt: at, brokenAt: at }, clock), "断开 10:24 起");
});

test("freshness: times are the server's, whatever the desk's clock says", () => {
  assert.equal(shiftOf("10:24:05", "10:24:00"), 5_000);
  assert.equal(shiftOf("00:00:10", "23:59:50"), 20_000);
  assert.equal(shiftOf("23:59:50", "00:00:10"), -20_000);
  assert.equal(shiftOf("", "00:00:10"), 0);
});

test("event ids: a page is behind after a restart and after a missed event, never ahead", () => {
  assert.deepEqual(parse("a-b-7"), { epoch: "a-b", seq: 7 });
  assert.equal(parse("x"), null);
  assert.equal(isBehind("e-4", "e-5"), true);
  assert.equal(isBehind("e-5", "e-5"), false);
  assert.equal(isBehind("e-6", "e-5"), false);
  assert.equal(isBehind("old-9", "e-5"), true);
  assert.equal(isBehind("", "e-5"), true);
});

test("coalesce: a burst is one run, calls during a run make one more", async () => {
  const scheduled = [];
  let runs = 0;
  let finish;
  const call = coalesce(() => { runs += 1; return new Promise((done) => { finish = done; }); },
    { random: () => 0.5, schedule: (act, delay) => scheduled.push({ act, delay }) });
  call(); call(); call();
  assert.equal(scheduled.length, 1);
  assert.equal(scheduled[0].delay, 40);
  const first = scheduled[0].act();
  call(); call();
  assert.equal(scheduled.length, 1);
  finish();
  await first;
  assert.equal(runs, 1);
  assert.equal(scheduled.length, 2);
});

test("selection wraps around and survives an empty list", () => {
  assert.equal(moved(-1, "ArrowDown", 3), 0);
  assert.equal(moved(2, "ArrowDown", 3), 0);
  assert.equal(moved(0, "ArrowUp", 3), 2);
  assert.equal(moved(1, "End", 3), 2);
  assert.equal(moved(0, "ArrowDown", 0), -1);
});

test("topics: an element is touched by any of its own", () => {
  assert.equal(concerns("board reception", ["reception"]), true);
  assert.equal(concerns("board", ["tasks", "chairs"]), false);
  assert.equal(concerns("", ["board"]), false);
});

test("connection: asks from the last event after a break", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const sources = [];
  const told = [];
  class Source {
    constructor(url) { this.url = url; this.handlers = {}; sources.push(this); }
    addEventListener(type, handler) { this.handlers[type] = handler; }
    close() { this.isClosed = true; }
  }
  openConnection({ since: "e-1", tell: (message) => told.push(message), makeSource: (url) => new Source(url) });
  assert.equal(sources[0].url, "/live?since=e-1");
  sources[0].handlers.hello({ lastEventId: "e-3" });
  sources[0].handlers.change({ lastEventId: "e-4", data: '{"topics":["board"]}' });
  sources[0].handlers.error();
  t.mock.timers.tick(1_000);
  assert.equal(sources[0].isClosed, true);
  assert.equal(sources[1].url, "/live?since=e-4");
  assert.deepEqual(told.map((message) => message.type), ["up", "change", "down"]);
});

test("live parts: versions in the order of the page, and nothing where one is missing or there are too many", () => {
  const page = (versions) => ({ querySelectorAll: () => versions.map((v) => ({ dataset: { v } })) });
  assert.equal(haveOf(page(["1a", "2b", "3c"])), "1a 2b 3c");
  assert.equal(haveOf(page([])), "");
  assert.equal(haveOf(page(["1a", ""])), "");
  assert.equal(haveOf(page(["1a", "two words"])), "");
  assert.equal(haveOf(page(Array(400).fill("0123456789abc"))), "");
});
