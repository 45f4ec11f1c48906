// Which deed a key means while a cell is in hand, and the list of them that the question mark opens.
import { moved } from "./selection.js";

const LETTERS = { z: "undo", y: "redo", d: "fillDown", r: "fillRight", a: "selectAll", f: "search" };
const PLAIN = { F2: "edit", Enter: "edit", Delete: "clear", Backspace: "clear", " ": "toggle", "?": "help" };
const ALT = { Enter: "why", ArrowDown: "open", ArrowUp: "close", r: "reason" };

/**
 * The lines of the list of keys: the id of what is said of each, and the presses it speaks of. What the browser itself
 * or the field over a cell does with a key has no deed here.
 * @type {{id: string, presses: {key: string, ctrl?: boolean, shift?: boolean, alt?: boolean}[]}[]}
 */
export const KEY_LINES = [
  { id: "move", presses: ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"].flatMap((key) => [{ key }, { key, shift: true }, { key, ctrl: true }]) },
  { id: "page", presses: ["PageUp", "PageDown", "Home", "End"].map((key) => ({ key })) },
  { id: "type", presses: ["7", "=", "*", "+"].map((key) => ({ key })) },
  { id: "edit", presses: [{ key: "F2" }, { key: "Enter" }] },
  { id: "all", presses: [] },
  { id: "clear", presses: [{ key: "Delete" }, { key: "Backspace" }] },
  { id: "copy", presses: [] },
  { id: "fill", presses: [{ key: "d", ctrl: true }, { key: "r", ctrl: true }] },
  { id: "undo", presses: [{ key: "z", ctrl: true }, { key: "y", ctrl: true }, { key: "z", ctrl: true, shift: true }] },
  { id: "open", presses: [{ key: " " }] },
  { id: "fold", presses: [{ key: "ArrowDown", alt: true }, { key: "ArrowUp", alt: true }] },
  { id: "select", presses: [{ key: "a", ctrl: true }] },
  { id: "find", presses: [{ key: "f", ctrl: true }] },
  { id: "comment", presses: [{ key: "F2", shift: true }] },
  { id: "reason", presses: [{ key: "r", alt: true }] },
  { id: "why", presses: [{ key: "Enter", alt: true }] },
  { id: "leave", presses: [] },
  { id: "help", presses: [{ key: "?" }] },
];

/** Every deed that a key may mean. */
export const DEEDS = new Set([...Object.values(LETTERS), ...Object.values(PLAIN), ...Object.values(ALT), "select", "comment", "type"]);

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
  if (altKey) return named(ALT[key.length === 1 ? key.toLowerCase() : key]);
  if (leap && shiftKey && key.toLowerCase() === "z") return { deed: "redo" };
  if (leap && key.toLowerCase() in LETTERS) return { deed: LETTERS[key.toLowerCase()] };
  if (shiftKey && key === "F2") return { deed: "comment" };
  const to = moved(shiftKey ? selection.end : selection.focus, key, { ...bounds, leap });
  if (to) return { deed: "select", with: shiftKey ? { focus: selection.focus, end: to } : { focus: to, end: to } };
  if (leap) return null;
  if (key in PLAIN) return { deed: PLAIN[key] };
  return key.length === 1 ? { deed: "type", with: { text: key } } : null;
}

const named = (deed) => (deed ? { deed } : null);
