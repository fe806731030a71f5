/** Milliseconds without a word from the server after which a screen is stale. */
export const STALE_AFTER = 60_000;
/** Milliseconds a broken connection may take to come back before the screen says so. */
export const OFFLINE_AFTER = 4_000;

/**
 * How far the screen can be trusted.
 * @param {{ now: number, contactAt: number, brokenAt: number | null }} facts in milliseconds; brokenAt: since when the
 *   connection is down, null while it stands.
 * @returns {"fresh" | "stale" | "offline"}
 */
export function stateOf({ now, contactAt, brokenAt }) {
  if (brokenAt !== null && now - brokenAt >= OFFLINE_AFTER) return "offline";
  return now - contactAt >= STALE_AFTER ? "stale" : "fresh";
}

/** What the freshness mark says. `clock` writes a time as 10:24:05. */
export function textOf(state, { now, contactAt, brokenAt }, clock) {
  if (state === "offline") return `断开 ${clock(brokenAt).slice(0, 5)} 起`;
  if (state === "fresh") return `刚刚更新 ${clock(contactAt)}`;
  const minutes = Math.max(1, Math.floor((now - contactAt) / 60_000));
  return `${minutes} 分钟前的数据`;
}

/** A clock in the time zone of the clinic. */
export function clockIn(timeZone) {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
  });
  return (milliseconds) => format.format(new Date(milliseconds));
}

/**
 * Milliseconds by which the clinic's clock is ahead of this machine's, from one moment read on both: the times on the
 * screen are the server's, whatever the clock of a desk says.
 */
export function shiftOf(server, local) {
  const seconds = (text) => text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  if (!/^\d\d:\d\d:\d\d$/.test(server ?? "")) return 0;
  const day = 86_400;
  const ahead = (((seconds(server) - seconds(local)) % day) + day) % day;
  return (ahead > day / 2 ? ahead - day : ahead) * 1_000;
}
