// node --test Tests/js
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  FIRST_SECONDS, MOST_SECONDS, pageOf, soundOf, toSpeak, voiceOf,
} from "../../Sources/ClinicWeb/Resources/public/js/lib/hall.js";

const call = (key, seconds = 0) => ({ key, seconds, words: key });
const keys = (sayings) => sayings.map(({ key }) => key);

test("hall: each call is spoken once, a repeated one again R4.10", () => {
  const known = new Set();
  assert.deepEqual(keys(toSpeak([call("A001-1")], known)), ["A001-1"]);
  assert.deepEqual(keys(toSpeak([call("A001-1", 3), call("A002-1")], known)), ["A002-1"]);
  assert.deepEqual(keys(toSpeak([call("A001-2"), call("A002-1", 5)], known)), ["A001-2"]);
});

test("hall: a new screen repeats the last moment only, a screen that was away the last minute and a half", () => {
  const at = (seconds, options) => keys(toSpeak([call("A001-1", seconds)], new Set(), options));
  assert.deepEqual(at(FIRST_SECONDS, { isFirst: true }), ["A001-1"]);
  assert.deepEqual(at(FIRST_SECONDS + 1, { isFirst: true }), []);
  assert.deepEqual(at(MOST_SECONDS), ["A001-1"]);
  assert.deepEqual(at(MOST_SECONDS + 1), []);
});

test("hall: what was too old once is never spoken later", () => {
  const known = new Set();
  toSpeak([call("A001-1", 60)], known, { isFirst: true });
  assert.deepEqual(toSpeak([call("A001-1", 61)], known), []);
});

test("hall: thirty people take turns on a screen for seven", () => {
  const pages = [0, 1, 4, 5].map((turn) => pageOf({ count: 30, perPage: 7, turn }));
  assert.deepEqual(pages[0], { from: 0, to: 7, page: 1, pages: 5 });
  assert.deepEqual(pages[1], { from: 7, to: 14, page: 2, pages: 5 });
  assert.deepEqual(pages[2], { from: 28, to: 30, page: 5, pages: 5 });
  assert.deepEqual(pages[3], pages[0]);
});

test("hall: few people stand still, nobody is one empty page", () => {
  assert.deepEqual(pageOf({ count: 6, perPage: 7, turn: 9 }), { from: 0, to: 6, page: 1, pages: 1 });
  assert.deepEqual(pageOf({ count: 0, perPage: 0, turn: 3 }), { from: 0, to: 0, page: 1, pages: 1 });
});

test("hall: Mandarin of the mainland first, Cantonese and English never", () => {
  const voice = (...langs) => voiceOf(langs.map((lang) => ({ lang })))?.lang ?? null;
  assert.equal(voice("en-US", "zh-TW", "zh_CN"), "zh_CN");
  assert.equal(voice("zh-HK", "cmn-Hans-CN"), "cmn-Hans-CN");
  assert.equal(voice("zh-TW", "de-DE"), "zh-TW");
  assert.equal(voice("zh-HK", "yue-HK", "en-GB"), null);
  assert.equal(voice(), null);
});

test("hall: the screen says whether it can be heard", () => {
  assert.equal(soundOf({ isStarted: false, hasVoice: true }), "off");
  assert.equal(soundOf({ isStarted: true, hasVoice: false }), "mute");
  assert.equal(soundOf({ isStarted: true, hasVoice: true }), "on");
});
