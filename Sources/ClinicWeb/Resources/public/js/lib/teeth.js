// Teeth by FDI number, as staff write them. The server reads the text again; this only counts.
import { halfWidth } from "./keys.js";

const arch = (a, b, n) => [
  ...Array.from({ length: n }, (_, i) => a * 10 + n - i), ...Array.from({ length: n }, (_, i) => b * 10 + 1 + i)];
const arches = [arch(1, 2, 8), arch(4, 3, 8), arch(5, 6, 5), arch(8, 7, 5)];
const jaws = { 全口: [0, 1], 上颌: [0], 上半口: [0], 下颌: [1], 下半口: [1] };

/** "16、17", "14-16", "上颌" → sorted numbers; null when a part is not a tooth; [] for an empty text. */
export function teethOf(text) {
  const teeth = new Set();
  for (const part of halfWidth(text).split(/[、,，\s;；/]+/).filter(Boolean)) {
    const ends = part.split(/[-–~—]/).map(Number);
    const row = arches.find((teeth) => ends.every((end) => teeth.includes(end)));
    if (jaws[part]) for (const jaw of jaws[part]) arches[jaw].forEach((tooth) => teeth.add(tooth));
    else if (row && ends.length === 1) teeth.add(ends[0]);
    else if (row && ends.length === 2) {
      const [from, to] = ends.map((end) => row.indexOf(end)).sort((a, b) => a - b);
      row.slice(from, to + 1).forEach((tooth) => teeth.add(tooth));
    } else return null;
  }
  return [...teeth].sort((a, b) => a - b);
}
