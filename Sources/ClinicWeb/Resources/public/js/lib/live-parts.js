/**
 * The versions of the parts a live element shows, in the order of the page, or "" when it has none. More than a header may
 * hold is left out: then the whole is fetched.
 * @param {{ querySelectorAll(selector: string): Iterable<{ dataset: { v?: string } }> }} element
 */
export function haveOf(element) {
  const versions = [...element.querySelectorAll("[data-part][data-v]")].map((part) => part.dataset.v);
  if (versions.some((version) => !/^[0-9a-z]+$/.test(version ?? ""))) return "";
  const text = versions.join(" ");
  return text.length > 4_000 ? "" : text;
}
