/** Splits a live event id "epoch-seq"; null when it is none. */
export function parse(id) {
  const match = /^(.+)-(\d+)$/.exec(id ?? "");
  return match ? { epoch: match[1], seq: Number(match[2]) } : null;
}

/** True when a page drawn at `pageID` may lack something that was announced up to `streamID`. */
export function isBehind(pageID, streamID) {
  const page = parse(pageID);
  const stream = parse(streamID);
  if (!stream) return false;
  if (!page) return true;
  return page.epoch !== stream.epoch || page.seq < stream.seq;
}
