// Without a server nothing can be saved: a banner says since when, and buttons that save are off until it is back.
import { clockIn, shiftOf, stateOf } from "../lib/freshness.js";
import { facts, onLive, retry } from "../live/client.js";

const saving = 'form[method="post"] button:not([type="button"]), [data-writes]';
const reason = "与服务器断开，暂时不能保存";

export default function (element, { signal }) {
  const banner = element.querySelector("[data-offline-banner]");
  const local = clockIn(document.querySelector('meta[name="timezone"]').content);
  // As the mark in the bar: the server's clock, whatever this desk's says.
  const shift = shiftOf(document.querySelector(".fresh")?.dataset.at, local(Date.now()));
  const clock = (milliseconds) => local(milliseconds + shift);
  const show = () => {
    const isOffline = stateOf({ now: Date.now(), ...facts }) === "offline";
    if (banner.hidden !== isOffline) return;
    banner.hidden = !isOffline;
    element.querySelector("[data-offline-since]").textContent = clock(facts.contactAt).slice(0, 5);
    document.documentElement.classList.toggle("offline", isOffline);
    for (const button of document.querySelectorAll(saving)) isOffline ? turnOff(button) : turnOn(button);
  };
  banner.querySelector("[data-retry]").addEventListener("click", retry, { signal });
  onLive(show, signal);
  const timer = setInterval(show, 1_000);
  signal.addEventListener("abort", () => clearInterval(timer));
}

function turnOff(button) {
  if (button.disabled) return;
  button.disabled = true;
  button.dataset.offlineTitle = button.title;
  button.title = reason;
}

function turnOn(button) {
  if (button.dataset.offlineTitle === undefined) return;
  button.disabled = false;
  button.title = button.dataset.offlineTitle;
  delete button.dataset.offlineTitle;
}
