// The television in the hall: keeps itself up to date, says when it cannot, and speaks what is called.
// It never empties itself: without a server it keeps what it knew and says how old that is.
import { coalesce } from "../lib/coalesce.js";
import { clockIn, shiftOf, stateOf } from "../lib/freshness.js";
import { pageOf } from "../lib/hall.js";
import { openConnection } from "../live/connection.js";
import { openSpeaker } from "../live/speaker.js";

const lookEvery = 20_000;
const turnEvery = 8_000;

export default function (hall, { signal }) {
  const screen = hall.querySelector("[data-screen]");
  const local = clockIn(document.querySelector('meta[name="timezone"]').content);
  const facts = { contactAt: Date.now(), brokenAt: null };
  const speaker = openSpeaker(hall, signal);
  let shift = shiftFrom(screen);
  let turn = 0;

  function shiftFrom(root) {
    return shiftOf(root.querySelector("[data-at]")?.dataset.at, local(Date.now()));
  }

  function broken() {
    facts.brokenAt ??= Date.now();
    show();
  }

  const look = coalesce(async () => {
    if (signal.aborted) return;
    let response;
    try {
      response = await fetch(hall.dataset.src, { headers: { "X-Menya-Live": "1" }, signal, cache: "no-store" });
      // The screen was revoked: the page says so, and shows nobody any more.
      if (response.status === 404) return location.reload();
      if (!response.ok) throw new Error(String(response.status));
      replace(await response.text());
    } catch {
      if (!signal.aborted) broken();
      return;
    }
    facts.contactAt = Date.now();
    facts.brokenAt = null;
    show();
  });

  function replace(text) {
    const template = document.createElement("template");
    template.innerHTML = text;
    const assets = template.content.querySelector("[data-assets]")?.dataset.assets;
    // A new version of the program: its scripts come with a new page.
    if (assets && assets !== hall.dataset.assets) return location.reload();
    const was = screen.querySelector(".no")?.textContent;
    screen.replaceChildren(template.content);
    shift = shiftFrom(screen);
    if (screen.querySelector(".no") && screen.querySelector(".no").textContent !== was) {
      screen.querySelector(".hall-now").dataset.new = "";
    }
    arrange();
    speaker.look(screen);
  }

  /** How old is what the hall sees? */
  function show() {
    const now = Date.now();
    const state = stateOf({ now, ...facts });
    const clock = (milliseconds) => local(milliseconds + shift);
    const mark = hall.querySelector("[data-fresh]");
    if (state === "fresh") delete mark.dataset.state;
    else mark.dataset.state = state;
    const text = state === "fresh" ? `更新于 ${clock(facts.contactAt)}` : `${clock(facts.contactAt).slice(0, 5)} 的情况`;
    if (mark.textContent !== text) mark.textContent = text;
    hall.dataset.link = state;
    hall.querySelector("[data-offline]").hidden = state === "fresh";
    hall.querySelector("[data-offline-since]").textContent = clock(facts.contactAt).slice(0, 5);
    hall.querySelector("[data-clock]").textContent = clock(now).slice(0, 5);
  }

  /** The rows and lines whose turn it is. */
  function arrange() {
    const list = screen.querySelector("[data-rows]");
    const rows = [...list.children];
    for (const row of rows) row.hidden = false;
    const height = rows[0]?.offsetHeight ?? 0;
    const room = list.parentElement.getBoundingClientRect().bottom - list.getBoundingClientRect().top;
    const perPage = height > 0 ? Math.floor(room / height) : rows.length;
    const { from, to, page, pages } = pageOf({ count: rows.length, perPage, turn });
    rows.forEach((row, index) => { row.hidden = index < from || index >= to; });
    screen.querySelector("[data-page-label]").textContent = pages > 1 ? `${page} / ${pages}` : "";
    const lines = [...screen.querySelectorAll("[data-lines] > p")];
    // What was just announced stays until it is over.
    const urgent = lines.filter((line) => line.dataset.announcement !== undefined);
    const shown = urgent.length > 0 ? urgent[turn % urgent.length] : lines[turn % Math.max(1, lines.length)];
    for (const line of lines) line.hidden = line !== shown;
  }

  arrange();
  show();
  speaker.look(screen);
  const timers = [
    setInterval(show, 1_000),
    setInterval(() => {
      turn += 1;
      arrange();
    }, turnEvery),
  ];
  signal.addEventListener("abort", () => timers.forEach(clearInterval));
  addEventListener("resize", arrange, { signal });
  // A sample of the gallery asks nobody.
  if (!hall.dataset.stream) return;
  timers.push(setInterval(look, lookEvery));
  const connection = openConnection({
    since: hall.dataset.since,
    makeSource: (url) => new EventSource(url.replace("/live", hall.dataset.stream)),
    tell({ type }) {
      if (type === "contact") facts.contactAt = facts.brokenAt === null ? Date.now() : facts.contactAt;
      else if (type === "down") broken();
      // Whatever else it is, the screen may lack something; after a loss it surely does.
      if (type !== "contact") look();
    },
  });
  signal.addEventListener("abort", () => connection.close());
  addEventListener("online", () => connection.retry(), { signal });
  addEventListener("offline", broken, { signal });
}
