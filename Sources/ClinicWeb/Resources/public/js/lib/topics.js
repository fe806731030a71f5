/** True when an element that shows `wanted` ("board reception") is touched by a change of `changed`. */
export function concerns(wanted, changed) {
  const names = wanted.split(/\s+/).filter(Boolean);
  return names.some((name) => changed.includes(name));
}
