// Lets the rings run between two refreshes. The server says how long somebody has waited; nothing here trusts the clock of
// this computer. When a threshold passes, the list is fetched again: there is something new to do.
import { levelOf, ringOf, textOf } from "../lib/waiting.js";

const everyMinute = 60_000;

export default function (element, { signal }) {
  const seenAt = new WeakMap();

  function tick() {
    const now = performance.now();
    let hasNews = false;
    for (const clock of element.querySelectorAll("[data-waited]")) {
      if (!seenAt.has(clock)) seenAt.set(clock, now);
      const seconds = Number(clock.dataset.waited) + Math.floor((now - seenAt.get(clock)) / 1000);
      const limits = { ask: Number(clock.dataset.ask), over: Number(clock.dataset.over) };
      clock.querySelector("span").textContent = textOf(seconds);
      clock.querySelector("circle + circle").setAttribute("stroke-dasharray", ringOf(seconds, limits));
      const level = levelOf(seconds, limits);
      if (level !== clock.dataset.level) {
        clock.dataset.level = level;
        hasNews = true;
      }
    }
    if (hasNews) refresh();
  }
  const refresh = () => element.dispatchEvent(new CustomEvent("live:refresh"));

  const seconds = setInterval(tick, 1_000);
  const minutes = setInterval(refresh, everyMinute);
  signal.addEventListener("abort", () => {
    clearInterval(seconds);
    clearInterval(minutes);
  });
  element.addEventListener("live:replaced", tick, { signal });
  tick();
}
