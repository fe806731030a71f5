// Amounts in whole fen. No floating point: 0.1 + 0.2 must be 0.30.
import { halfWidth } from "./keys.js";

/** "1,280.5", "￥480", "４８０" → fen; null when it is not an amount with at most two decimals; 0 for an empty text. */
export function fenOf(text) {
  const plain = halfWidth(text).replace(/[\s,，¥￥]/g, "");
  if (plain === "") return 0;
  const parts = /^(\d{1,8})(?:\.(\d{1,2}))?$/.exec(plain);
  return parts ? Number(parts[1]) * 100 + Number((parts[2] ?? "").padEnd(2, "0")) : null;
}

/** 128050 → "1,280.50" */
export function figures(fen) {
  const yuan = String(Math.floor(Math.abs(fen) / 100)).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${fen < 0 ? "−" : ""}${yuan}.${String(Math.abs(fen) % 100).padStart(2, "0")}`;
}

/** What a customer is likely to hand over for an amount: the next 10, 50 and 100 yuan. */
export function notesFor(fen) {
  if (fen <= 0) return [];
  const up = (step) => Math.ceil(fen / step) * step;
  return [...new Set([fen, up(1_000), up(5_000), up(10_000)])].slice(0, 4);
}
