// Attaches behaviours to elements that ask for them: data-behavior="dialog autosubmit".
// A behaviour is js/behaviors/<name>.js with `export default function (element, { signal })`; it is fetched when first needed.
import { namesOf } from "./lib/behaviors.js";
import { focusFirstFault } from "./lib/faults.js";

const attached = new WeakMap();

async function attach(element) {
  const had = attached.get(element) ?? new Map();
  attached.set(element, had);
  for (const name of namesOf(element.dataset)) {
    if (had.has(name)) continue;
    const controller = new AbortController();
    had.set(name, controller);
    try {
      const module = await import(`./behaviors/${name}.js`);
      if (element.isConnected && !controller.signal.aborted) module.default(element, { signal: controller.signal });
    } catch (error) {
      console.error(`behaviour ${name}`, error);
    }
  }
}

function detach(element) {
  for (const controller of attached.get(element)?.values() ?? []) controller.abort();
  attached.delete(element);
}

const wanted = "[data-behavior], [data-live]";

function each(root, act) {
  if (root.nodeType !== Node.ELEMENT_NODE) return;
  if (root.matches(wanted)) act(root);
  for (const element of root.querySelectorAll(wanted)) act(element);
}

each(document.documentElement, attach);
focusFirstFault(document);
new MutationObserver((changes) => {
  for (const change of changes) {
    for (const node of change.removedNodes) if (!node.isConnected) each(node, detach);
    for (const node of change.addedNodes) each(node, attach);
  }
}).observe(document.documentElement, { childList: true, subtree: true });
