// What the page knows about the server: changes, and how fresh the screen is. One per page.
import { openConnection } from "./connection.js";

const meta = document.querySelector('meta[name="live"]');
const listeners = new Set();
/** In milliseconds; brokenAt is null while the connection stands. */
export const facts = { contactAt: Date.now(), brokenAt: null };
let lastID = meta?.content ?? null;
let channel = null;

/** @param {(message: { type: string, topics?: string[] }) => void} listener */
export function onLive(listener, signal) {
  listeners.add(listener);
  signal?.addEventListener("abort", () => listeners.delete(listener));
  start();
}

/** A fetch of our own failed or worked; counts like a word from the stream. */
export function noteContact(worked) {
  receive({ type: worked ? "contact" : "down", id: lastID });
}

export function retry() {
  channel?.retry();
}

function receive(message) {
  if (message.id) lastID = message.id;
  if (message.type === "down") {
    facts.brokenAt ??= Date.now();
  } else {
    facts.contactAt = Date.now();
    facts.brokenAt = null;
  }
  for (const listener of listeners) listener(message);
}

function start() {
  if (channel || !meta) return;
  channel = shared() ?? whileVisible();
  addEventListener("pagehide", () => channel.leave());
  addEventListener("pageshow", (event) => { if (event.persisted) channel.join(); });
  addEventListener("offline", () => receive({ type: "down", id: lastID }));
  addEventListener("online", () => channel.retry());
}

function shared() {
  if (typeof SharedWorker === "undefined") return null;
  try {
    const worker = new SharedWorker(new URL("./worker.js", import.meta.url), {
      type: "module", name: `menya-live-${meta.dataset.scope}`,
    });
    worker.port.addEventListener("message", ({ data }) => receive(data));
    worker.port.start();
    const join = () => worker.port.postMessage({ type: "join", since: lastID });
    join();
    return {
      join,
      leave: () => worker.port.postMessage({ type: "leave" }),
      retry: () => worker.port.postMessage({ type: "retry" }),
    };
  } catch {
    return null;
  }
}

/** Without a shared worker only the visible tab keeps a connection and tells the others. */
function whileVisible() {
  const others = new BroadcastChannel(`menya-live-${meta.dataset.scope}`);
  others.addEventListener("message", ({ data }) => { if (!connection) receive(data); });
  let connection = null;
  const tell = (message) => {
    receive(message);
    others.postMessage(message);
  };
  const join = () => {
    if (!document.hidden && !connection) connection = openConnection({ since: lastID, tell });
  };
  const leave = () => {
    connection?.close();
    connection = null;
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : join()));
  join();
  return { join, leave, retry: () => connection?.retry() };
}
