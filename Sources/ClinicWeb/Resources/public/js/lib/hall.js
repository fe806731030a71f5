// What a screen in the hall decides by itself; no page, no clock in here.

/** Seconds after which a call is no longer spoken: whoever was meant has heard another one since. */
export const MOST_SECONDS = 90;
/** A screen that was just opened repeats only what was called a moment ago. */
export const FIRST_SECONDS = 15;

/**
 * Which of the sayings on the screen are to be spoken now, in their order. What is not spoken now never will be.
 * @param {{ key: string, seconds: number, words: string }[]} sayings  `seconds`: since the call, by the server's clock.
 * @param {Set<string>} known  keys of an earlier look; is added to.
 */
export function toSpeak(sayings, known, { isFirst = false } = {}) {
  const most = isFirst ? FIRST_SECONDS : MOST_SECONDS;
  const fresh = sayings.filter(({ key, seconds }) => !known.has(key) && seconds <= most);
  for (const { key } of sayings) known.add(key);
  return fresh;
}

/**
 * The rows a list shows in its turn, when not all of them fit.
 * @returns {{ from: number, to: number, page: number, pages: number }} `to` is exclusive, `page` counts from 1.
 */
export function pageOf({ count, perPage, turn }) {
  const size = Math.max(1, perPage);
  const pages = Math.max(1, Math.ceil(count / size));
  const page = turn % pages;
  return { from: page * size, to: Math.min(count, (page + 1) * size), page: page + 1, pages };
}

/** The voice that reads Chinese best; null when there is none. */
export function voiceOf(voices) {
  const rank = ({ lang }) => {
    const name = lang.toLowerCase().replace("_", "-");
    if (/^(zh-cn|zh-hans|cmn-hans|cmn-cn)/.test(name)) return 0;
    if (/^(zh$|cmn)/.test(name)) return 1;
    // Taiwan speaks Mandarin, too; Hong Kong (yue, zh-HK) does not.
    if (/^zh-(tw|hant)/.test(name)) return 2;
    return null;
  };
  return voices.filter((voice) => rank(voice) !== null).sort((a, b) => rank(a) - rank(b))[0] ?? null;
}

/** @returns {"off" | "mute" | "on"} what the screen says about its sound. */
export function soundOf({ isStarted, hasVoice }) {
  if (!isStarted) return "off";
  return hasVoice ? "on" : "mute";
}
