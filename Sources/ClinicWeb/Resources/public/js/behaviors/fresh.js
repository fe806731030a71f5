// The mark in the bar: how old is what I see?
import { clockIn, shiftOf, stateOf, textOf } from "../lib/freshness.js";
import { facts, onLive } from "../live/client.js";

export default function (element, { signal }) {
  const local = clockIn(document.querySelector('meta[name="timezone"]').content);
  const shift = shiftOf(element.dataset.at, local(Date.now()));
  const clock = (milliseconds) => local(milliseconds + shift);
  const show = () => {
    const now = Date.now();
    const state = stateOf({ now, ...facts });
    if (state === "fresh") delete element.dataset.state;
    else element.dataset.state = state;
    const text = textOf(state, { now, ...facts }, clock);
    if (element.textContent !== text) element.textContent = text;
  };
  onLive(show, signal);
  const timer = setInterval(show, 1_000);
  signal.addEventListener("abort", () => clearInterval(timer));
}
