// Which deed a key means while a cell is in hand.
import { moved } from "./selection.js";

const LETTERS = { z: "undo", y: "redo", d: "fillDown", r: "fillRight", a: "selectAll", f: "search" };
const PLAIN = { F2: "edit", Enter: "edit", Delete: "clear", Backspace: "clear", " ": "toggle", "?": "help" };

/**
 * The deed of a key, with what it needs; null where the browser may have it.
 * @param {KeyboardEvent} event
 * @param {{focus, end}} selection
 * @param {{rows: number, columns: number, page: number}} bounds
 * @returns {{deed: string, with?: object}|null}
 */
export function deedOf(event, selection, bounds) {
  const { key, shiftKey, altKey } = event;
  const leap = event.ctrlKey || event.metaKey;
  if (altKey) return key === "Enter" ? { deed: "why" } : null;
  if (leap && shiftKey && key.toLowerCase() === "z") return { deed: "redo" };
  if (leap && key.toLowerCase() in LETTERS) return { deed: LETTERS[key.toLowerCase()] };
  if (shiftKey && key === "F2") return { deed: "comment" };
  const to = moved(shiftKey ? selection.end : selection.focus, key, { ...bounds, leap });
  if (to) return { deed: "select", with: shiftKey ? { focus: selection.focus, end: to } : { focus: to, end: to } };
  if (leap) return null;
  if (key in PLAIN) return { deed: PLAIN[key] };
  return key.length === 1 ? { deed: "type", with: { text: key } } : null;
}
