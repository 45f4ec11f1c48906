// From what somebody does (types, pastes, fills, clears) to the cells that change. Locked cells are left as they are and
// counted; a text that is no number stops the whole of it.
import { understood } from "./arithmetic.js";
import { laidDown, tableOf, tableText } from "./clipboard.js";
import { numberAt } from "./columns.js";
import { rectangle } from "./selection.js";
import { bare } from "./texts.js";

/**
 * @typedef {object} Change
 * @property {import("./saving.js").Cell[]} cells what is to be saved
 * @property {number} locked how many cells could not be changed
 * @property {string} lock why the first of them could not
 * @property {{text: string, row: number, column: number}|null} fault the first text that is no number
 */

/** One text for every cell of some places: "+5%" is reckoned from what each holds. */
export function typedInto(scene, places, text) {
  return changeOf(scene, places.map((place) => ({ ...place, text })));
}

/** Every place of a rectangle. */
export function placesOf({ top, bottom, left, right }) {
  const places = [];
  for (let row = top; row <= bottom; row++) for (let column = left; column <= right; column++) places.push({ row, column });
  return places;
}

/** Blanks. */
export function cleared(scene, selection) {
  return typedInto(scene, placesOf(rectangle(selection)), "");
}

/** The selection as a table for the clipboard, with all its decimals. */
export function copied(scene, selection) {
  const { top, bottom, left, right } = rectangle(selection);
  const text = ({ row, column }) => {
    const cell = scene.cell({ row, column });
    return bare(cell.value, cell.measure.decimals);
  };
  const rows = [];
  for (let row = top; row <= bottom; row++) rows.push(placesOf({ top: row, bottom: row, left, right }).map(text));
  return { text: tableText(rows), measures: scene.rows.slice(top, bottom + 1).map(({ measure }) => measure) };
}

/**
 * A table of the clipboard from the selection on. Where it does not come from the same lines of this grid, it goes into
 * the lines of the measure in hand alone, so that a column of a spreadsheet fills one measure.
 */
export function pasted(scene, selection, text, ours = null) {
  const table = tableOf(text);
  if (!table.length) return { cells: [], locked: 0, fault: null };
  const { top, bottom, left, right } = rectangle(selection);
  const fromHere = ours?.text === text && ours.measures.every((measure, step) => scene.rows[top + step]?.measure === measure);
  const { measure } = scene.rows[top];
  const lines = [...scene.rows.keys()].filter((row) => fromHere || scene.rows[row].measure === measure);
  const wide = { top: lines.indexOf(top), bottom: lines.filter((row) => row <= bottom).length - 1, left, right };
  const laid = laidDown(table, wide, lines.length, scene.columns.length);
  return { ...changeOf(scene, laid.map((cell) => ({ ...cell, row: lines[cell.row] }))), covered: covered(laid, lines) };
}

/** The rectangle that a paste has touched. */
function covered(laid, lines) {
  const rows = laid.map(({ row }) => lines[row]);
  const columns = laid.map(({ column }) => column);
  const least = (numbers) => numbers.reduce((one, other) => Math.min(one, other), Infinity);
  const most = (numbers) => numbers.reduce((one, other) => Math.max(one, other), 0);
  return { focus: { row: least(rows), column: least(columns) }, end: { row: most(rows), column: most(columns) } };
}

/** What stands in one rectangle, again and again in a larger one; each measure's line takes from a line of its own. */
export function filled(scene, from, to) {
  const places = placesOf(to).filter(({ row, column }) => row < from.top || row > from.bottom || column < from.left || column > from.right);
  const texts = [];
  for (const place of places) {
    const source = { row: sourceRow(scene, from, place.row), column: from.left + ((((place.column - from.left) % wide(from)) + wide(from)) % wide(from)) };
    const cell = source.row === null ? null : scene.cell(source);
    if (cell) texts.push({ ...place, text: bare(cell.value, cell.measure.decimals) });
  }
  return changeOf(scene, texts);
}

const wide = ({ left, right }) => right - left + 1;

function sourceRow(scene, from, row) {
  const { measure } = scene.rows[row];
  const own = [];
  for (let line = from.top; line <= from.bottom; line++) if (scene.rows[line].measure === measure) own.push(line);
  if (row >= from.top && row <= from.bottom) return row;
  return own.length ? own[Math.abs(row - from.top) % own.length] : null;
}

/** Ctrl+D: the first line of the selection down; a single line takes the one of its measure above. */
export function filledDown(scene, selection) {
  const box = rectangle(selection);
  const { measure } = scene.rows[box.top];
  const first = box.top === box.bottom ? scene.rows.slice(0, box.top).findLastIndex((row) => row.measure === measure) : box.top;
  return first < 0 ? changeOf(scene, []) : filled(scene, { ...box, top: first, bottom: first }, { ...box, top: first });
}

/** Ctrl+R: the first column of the selection to the right; a single column takes the one before it. */
export function filledRight(scene, selection) {
  const box = rectangle(selection);
  const first = box.left === box.right ? box.left - 1 : box.left;
  return first < 0 ? changeOf(scene, []) : filled(scene, { ...box, left: first, right: first }, { ...box, left: first });
}

/** @returns {Change} */
function changeOf(scene, texts) {
  const change = { cells: [], locked: 0, lock: "", fault: null };
  for (const { row, column, text } of texts) {
    const cell = scene.cell({ row, column });
    if (!cell) continue;
    if (cell.locked) {
      change.locked += 1;
      change.lock ||= cell.locked;
      continue;
    }
    const meant = understood(text, cell.value);
    if (meant.fault === "blank") continue; // a share of nothing
    if (meant.fault) return { cells: [], locked: change.locked, fault: { text, row, column } };
    if (same(meant.value, cell, scene)) continue;
    change.cells.push({ measure: cell.row.measure, node: cell.row.node, period: cell.period, after: rounded(meant.value, decimalsOf(scene, text, cell.measure)) });
  }
  return change;
}

/** What is typed as it stands keeps its decimals; what is reckoned from the cell has those that the page shows. */
const decimalsOf = (scene, text, { id, decimals }) => (/^\s*[+-]?[\d.,]+\s*$/.test(text) ? decimals : Math.min(decimals, scene.decimals?.(id) ?? decimals));
const rounded = (value, decimals) => (value === null ? null : Number(value.toFixed(decimals)));

function same(value, { row, column, measure }, { model }) {
  const now = numberAt(model, row.measure, row.node, column);
  return value === null ? Number.isNaN(now) : bare(value, measure.decimals) === bare(now, measure.decimals);
}
