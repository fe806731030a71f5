const circumference = 44;

/** "21:04" */
export function textOf(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/**
 * The level of a wait; the same rule as on the server. Limits in minutes.
 * @param {{ ask: number, over: number }} limits
 * @returns {"ok" | "ask" | "over"}
 */
export function levelOf(seconds, { ask, over }) {
  const minutes = Math.floor(seconds / 60);
  if (minutes > over) return "over";
  return minutes >= ask ? "ask" : "ok";
}

/** The dash of a ring that is full at the limit. */
export function ringOf(seconds, { over }) {
  const part = Math.min(1, seconds / (Math.max(1, over) * 60));
  return `${(part * circumference).toFixed(1)} ${circumference}`;
}
