// Which rows are on the page: nodes that are open, found or changed, each with one line a measure.
import { above, childrenOf, isLeaf } from "./columns.js";

/** A fresh set of open nodes: those above `depth` (1: the grand total is open, its children are closed). */
export function opened(model, depth) {
  return Uint8Array.from(model.level, (level) => Number(level < depth));
}

/**
 * Rows to show, from top to bottom. A total without any number is no row, and a node without any has one line, where
 * its children speak: they count in different units, or their rates have no sum.
 * @param {object} model
 * @param {{open: Uint8Array, kept: Uint8Array|null, measures: string[], worstFirst: boolean}} wish
 *   kept: nodes to keep with all above them; null keeps every node
 * @returns {{node: number, measure: string, line: number, last: boolean, open: boolean}[]} line: which of the node's lines it is
 */
export function rowsOf(model, { open, kept, measures, worstFirst }) {
  const rows = [];
  const show = (node) => {
    const silent = isSilent(model, node, measures);
    const skipped = node === 0 && (silent || (kept !== null && model.worth?.place.has(0) === true)); // its money is not of what was found
    const isOpen = skipped || (kept ? kept[node] > 1 || Boolean(open[node]) : Boolean(open[node]));
    const lines = skipped ? [] : silent ? measures.slice(0, 1) : measures;
    lines.forEach((measure, place) => rows.push({ node, measure, line: place, last: place === lines.length - 1, open: isOpen }));
    if (!isOpen) return;
    for (const child of ordered(model, node, worstFirst)) if (!kept || kept[child]) show(child);
  };
  if (model.count && measures.length) show(0);
  return rows;
}

function isSilent(model, node, measures) {
  if (model.worth?.place.has(node)) return false;
  const speaks = (at) => measures.some((measure) => model.values.get(measure).some((column) => !Number.isNaN(column[at])));
  return !isLeaf(model, node) && !speaks(node) && childrenOf(model, node).some((child) => speaks(child));
}

function ordered(model, node, worstFirst) {
  const children = childrenOf(model, node);
  const score = model.exceptions?.score;
  return worstFirst && score ? children.sort((one, other) => Math.abs(score[other] ?? 0) - Math.abs(score[one] ?? 0)) : children;
}

/** Nodes to keep (1) and the nodes above them (2: shown open), for the nodes that `meant` says; all below stay in reach. */
export function keptWith(model, meant) {
  const kept = new Uint8Array(model.count);
  for (let node = 0; node < model.count; node++) {
    if (!meant(node)) continue;
    kept.fill(1, node + 1, model.end[node]);
    kept[node] = Math.max(kept[node], 1);
    for (const over of above(model, node)) kept[over] = 2;
  }
  return kept;
}

/** Nodes whose name or id contains every word of the search. */
export function found(model, search) {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return null;
  const text = (node) => `${model.label[node]} ${model.name[node]}`.toLowerCase();
  return (node) => node > 0 && words.every((word) => text(node).includes(word));
}
