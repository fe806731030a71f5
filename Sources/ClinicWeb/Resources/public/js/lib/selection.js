/** The next index in a list of `count` entries for an arrow key; -1 means none is selected. Wraps around. */
export function moved(index, key, count) {
  if (count === 0) return -1;
  switch (key) {
    case "ArrowDown": return index < 0 || index === count - 1 ? 0 : index + 1;
    case "ArrowUp": return index <= 0 ? count - 1 : index - 1;
    case "Home": return 0;
    case "End": return count - 1;
    default: return index;
  }
}
