// A readonly field with something to pass on: a click or focus marks all of it, and puts it on the clipboard where the
// browser allows that (https or this machine).
export default function (element, { signal }) {
  element.addEventListener("focus", () => element.select(), { signal });
  element.addEventListener("click", async () => {
    element.select();
    try {
      await navigator.clipboard.writeText(element.value);
      element.dataset.copied = "";
      element.title = "已复制";
    } catch {
      // The text stays marked: Ctrl+C does the rest.
    }
  }, { signal });
}
