// One stream of server events, reopened with growing pauses. Used by the shared worker and, without it, by the page.

/**
 * @param {{ since: string | null, tell: (message: object) => void, makeSource?: (url: string) => EventSource }} options
 *   `tell` gets { type: "up" | "down" | "contact" | "change" | "refresh", id, topics }.
 */
export function openConnection({ since, tell, makeSource = (url) => new EventSource(url) }) {
  let lastID = since;
  let source = null;
  let pause = 1_000;
  let timer = null;

  function open() {
    source = makeSource(lastID ? `/live?since=${encodeURIComponent(lastID)}` : "/live");
    source.addEventListener("hello", (event) => {
      pause = 1_000;
      if (!lastID) lastID = event.lastEventId;
      tell({ type: "up", id: lastID });
    });
    source.addEventListener("beat", () => tell({ type: "contact", id: lastID }));
    source.addEventListener("change", (event) => {
      lastID = event.lastEventId;
      tell({ type: "change", id: lastID, topics: JSON.parse(event.data).topics });
    });
    source.addEventListener("refresh", (event) => {
      lastID = event.lastEventId;
      tell({ type: "refresh", id: lastID });
    });
    source.addEventListener("error", () => {
      tell({ type: "down", id: lastID });
      // The browser's own retry keeps its first address; ours asks from the last event.
      source.close();
      clearTimeout(timer);
      timer = setTimeout(open, pause);
      pause = Math.min(pause * 2, 15_000);
    });
  }

  open();
  return {
    get lastID() { return lastID; },
    retry() {
      clearTimeout(timer);
      source.close();
      open();
    },
    close() {
      clearTimeout(timer);
      source.close();
    },
  };
}
