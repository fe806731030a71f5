/** True when a key press belongs to a field or an input method and must not act as a shortcut. */
export function belongsToField(event) {
  if (event.defaultPrevented || event.isComposing || event.key === "Process" || event.keyCode === 229) return true;
  const target = event.target;
  if (!target || !target.tagName) return false;
  if (target.isContentEditable) return true;
  if (["TEXTAREA", "SELECT"].includes(target.tagName)) return true;
  return target.tagName === "INPUT" && !["checkbox", "radio", "button", "submit", "reset"].includes(target.type);
}

/** The name of a key press as `data-key` writes it: "n", "/", "F2", "ctrl+k"; null for a press that is no shortcut. */
export function nameOf(event) {
  if (["Control", "Shift", "Alt", "Meta"].includes(event.key)) return null;
  if (event.altKey) return null;
  const key = event.key.length === 1 ? halfWidth(event.key).toLowerCase() : event.key;
  return event.ctrlKey || event.metaKey ? `ctrl+${key}` : key;
}

/** Function keys and Ctrl combinations act inside fields too; letters, digits and signs do not. */
export function actsInFields(name) {
  return /^F\d{1,2}$/.test(name) || name.startsWith("ctrl+");
}

/** Full-width forms as their ASCII twins: ／ → /, １ → 1. */
export function halfWidth(text) {
  return text.replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, " ");
}
