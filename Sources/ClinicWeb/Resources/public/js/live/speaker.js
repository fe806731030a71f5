// Chime and voice of a screen in the hall, one saying after the other. Browsers stay silent until somebody has touched the
// page, or the program was started for it (see the manual); until then, and without a Chinese voice, the screen says so.
import { soundOf, toSpeak, voiceOf } from "../lib/hall.js";

const mostMilliseconds = 15_000;

/** @returns {{ look(root: Element): void }} `look` speaks what is new on the screen. */
export function openSpeaker(hall, signal) {
  const known = new Set();
  const waiting = [];
  const speech = globalThis.speechSynthesis ?? null;
  let audio = null;
  let isStarted = false;
  let isSpeaking = false;
  let isFirst = true;

  const voice = () => voiceOf(speech?.getVoices() ?? []);
  const show = () => {
    hall.dataset.sound = soundOf({ isStarted, hasVoice: voice() !== null });
    for (const note of hall.querySelectorAll("[data-sound-note]")) {
      note.hidden = note.dataset.soundNote !== hall.dataset.sound;
    }
  };

  function start() {
    audio ??= new AudioContext();
    audio.resume();
    isStarted = true;
    show();
    next();
  }

  async function next() {
    if (!isStarted || isSpeaking || waiting.length === 0) return;
    isSpeaking = true;
    const { words, key } = waiting.shift();
    await chime(audio);
    await say(words);
    hall.dataset.spoken = key;
    isSpeaking = false;
    next();
  }

  function say(words) {
    const chosen = voice();
    if (!chosen) return Promise.resolve();
    return new Promise((done) => {
      const utterance = new SpeechSynthesisUtterance(words);
      utterance.voice = chosen;
      utterance.lang = chosen.lang;
      utterance.rate = 0.9;
      // Some voices never tell that they have ended.
      const timer = setTimeout(done, mostMilliseconds);
      for (const name of ["end", "error"]) {
        utterance.addEventListener(name, () => {
          clearTimeout(timer);
          done();
        });
      }
      speech.speak(utterance);
    });
  }

  hall.querySelector("[data-start]").addEventListener("click", start, { signal });
  speech?.addEventListener("voiceschanged", show, { signal });
  signal.addEventListener("abort", () => speech?.cancel());
  // A browser that was allowed to sound from the start does so without a touch.
  if (typeof AudioContext !== "undefined" && mayStart()) start();
  show();

  function mayStart() {
    audio = new AudioContext();
    if (audio.state === "running") return true;
    audio.addEventListener("statechange", () => { if (audio.state === "running" && !isStarted) start(); }, { signal });
    return false;
  }

  return {
    look(root) {
      const sayings = [...root.querySelectorAll("[data-sayings] > li")].map(({ dataset, textContent }) => ({
        key: dataset.key, seconds: Number(dataset.seconds), words: textContent,
      }));
      const fresh = toSpeak(sayings, known, { isFirst });
      isFirst = false;
      // Before the sound is on nothing is kept for later: old calls would mislead.
      if (isStarted) waiting.push(...fresh);
      next();
    },
  };
}

/** Two soft notes, 0.9 s. */
function chime(audio) {
  if (!audio || audio.state !== "running") return Promise.resolve();
  const begin = audio.currentTime;
  for (const [offset, pitch] of [[0, 784], [0.28, 587]]) {
    const note = audio.createOscillator();
    const loudness = audio.createGain();
    note.frequency.value = pitch;
    loudness.gain.setValueAtTime(0, begin + offset);
    loudness.gain.linearRampToValueAtTime(0.25, begin + offset + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.001, begin + offset + 0.6);
    note.connect(loudness).connect(audio.destination);
    note.start(begin + offset);
    note.stop(begin + offset + 0.62);
  }
  return new Promise((done) => setTimeout(done, 900));
}
