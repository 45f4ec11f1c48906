// What is on the page now: the model, the rows and columns made of it, and which of them are wanted.
import { childrenOf, columnsOf, isLeaf, nameOf, numberAt } from "./columns.js";
import { lockOf } from "./painting.js";
import { found, keptWith, opened, rowsOf } from "./rows.js";

const FEW = 60; // rows that may be open from the beginning

export class Scene {
  rows = [];
  columns = [];
  worstFirst = false;
  changedOnly = false;
  search = "";
  #unsaved = new Set();
  #shownDecimals = new Map();

  constructor(say, { language, zone, person }) {
    this.say = say;
    this.language = language;
    this.zone = zone;
    this.person = person;
  }

  /** Take in a fresh model. What was open stays open where the rows are the same. */
  take(model, marks) {
    const same = this.model && this.model.count === model.count && this.model.levels.length === model.levels.length && this.model.label.every((label, node) => label === model.label[node]);
    this.model = model;
    this.marks = marks;
    if (!same) this.open = opened(model, childrenOf(model, 0).length * model.measures.size > FEW || model.levels.length < 2 ? 1 : firstDepth(model));
    this.#shownDecimals = new Map([...model.measures.values()].map((measure) => [measure.id, decimalsOf(model, measure)]));
  }

  /** Work out rows and columns anew. `how`: months, quarters or years. */
  lay(how) {
    this.columns = columnsOf(this.model, how);
    this.rows = rowsOf(this.model, { open: this.open, kept: this.#kept(), measures: [...this.model.measures.keys()], worstFirst: this.worstFirst });
  }

  #kept() {
    const searched = found(this.model, this.search);
    const changed = this.changedOnly ? this.marks.changedNodes : null;
    if (!searched && !changed) return null;
    return keptWith(this.model, (node) => (!searched || searched(node)) && (!changed || (changed.has(node) && isLeaf(this.model, node))));
  }

  /** Open a node or close it. */
  toggle(node) {
    this.open[node] = this.open[node] ? 0 : 1;
  }

  /** Show the tree down to a level. */
  openTo(depth) {
    this.open = opened(this.model, depth);
  }

  /** Open everything above a node. */
  reveal(node) {
    for (let at = this.model.parent[node]; at >= 0; at = this.model.parent[at]) this.open[at] = 1;
  }

  /** Decimals with which a measure is shown: so many that a row's number has three or four digits. */
  decimals(measure) {
    return this.#shownDecimals.get(measure) ?? 0;
  }

  /** The cell at a place of the page, with everything known of it. */
  cell({ row, column }) {
    const line = this.rows[row];
    const shown = this.columns[column];
    if (!line || !shown) return null;
    const period = shown.months.length === 1 ? shown.months[0] : null;
    return { row: line, column: shown, period, measure: this.model.measures.get(line.measure), value: numberAt(this.model, line.measure, line.node, shown), locked: lockOf(this, line, shown) };
  }

  /** What people call a cell. */
  named(measure, node, label) {
    const title = this.columns.find((column) => column.label === label)?.title ?? label;
    return `${node === null || node === undefined ? "" : nameOf(this.model, node)} · ${this.model.measures.get(measure)?.title ?? measure} · ${title}`;
  }

  /** Remember which cells are painted, but not saved. */
  unsaved(cells) {
    this.#unsaved = new Set(cells.map(({ measure, node, period }) => `${measure}|${node}|${period}`));
  }

  isUnsaved(row, column) {
    return this.#unsaved.size > 0 && column.months.length === 1 && this.#unsaved.has(`${row.measure}|${row.node}|${column.months[0]}`);
  }
}

/** As deep as the rows fit on a page. */
function firstDepth(model) {
  let depth = 1;
  const shown = (level) => model.level.reduce((count, at) => count + Number(at <= level), 0) * model.measures.size;
  while (depth < model.levels.length && shown(depth + 1) <= FEW) depth += 1;
  return depth;
}

function decimalsOf(model, { id, decimals, unit }) {
  const counted = unit || model.units.length;
  const column = model.values.get(id)[0] ?? [];
  const sizes = [...column].filter((value, node) => isLeaf(model, node) && value).map(Math.abs).sort((one, other) => one - other);
  const typical = sizes[Math.floor(sizes.length / 2)] ?? 1000;
  return Math.min(decimals, counted && typical >= 100 ? 0 : typical >= 10 ? 1 : typical >= 1 ? 2 : 4);
}
