// Strokes of a signature in the units of its box (600 x 200), as the server reads them: M12 34L15 40…
export const box = { width: 600, height: 200 };

/** The point of a pointer in the box, whole and inside. `rect` is where the box is drawn. */
export function pointIn(rect, x, y) {
  const scaled = (value, start, size, most) => Math.min(most, Math.max(0, Math.round(((value - start) / size) * most)));
  return [scaled(x, rect.left, rect.width, box.width), scaled(y, rect.top, rect.height, box.height)];
}

/** Adds a point unless the pen has hardly moved; keeps a signature of the longest name far under what the server takes. */
export function extend(stroke, point, least = 3) {
  const last = stroke.at(-1);
  if (last && Math.hypot(point[0] - last[0], point[1] - last[1]) < least) return stroke;
  return [...stroke, point];
}

export function pathOf(strokes) {
  return strokes.filter((stroke) => stroke.length > 0)
    .map((stroke) => stroke.map(([x, y], index) => `${index === 0 ? "M" : "L"}${x} ${y}`).join("")).join("");
}
