// A total changed in the browser is shared out as the server will share it, so that every row is repainted at once.
// The server's own answer replaces what is worked out here.
import { above, childrenOf, isLeaf, unitsDiffer } from "./columns.js";

const NOISE = 1e9; // below a thousand-millionth of a lot a remainder is floating-point noise
const calm = (value) => Math.round(value * NOISE) / NOISE;

/** Multiples of `lot` that add up to the rounded total: the missing lots go to the largest remainders. Blanks stay. */
export function roundToTotal(values, lot) {
  const lots = values.map((value) => (Number.isNaN(value) ? 0 : calm(value / lot)));
  const whole = lots.map(Math.floor);
  const sum = (numbers) => numbers.reduce((total, value) => total + value, 0);
  let missing = Math.floor(calm(sum(lots)) + 0.5) - sum(whole);
  const byRemainder = [...values.keys()].filter((place) => !Number.isNaN(values[place])).sort((one, other) => lots[other] - whole[other] - (lots[one] - whole[one]) || one - other);
  const rounded = Float64Array.from(values, (value, place) => (Number.isNaN(value) ? NaN : whole[place]));
  for (const place of byRemainder) {
    if (missing <= 0) break;
    rounded[place] += 1;
    missing -= 1;
  }
  return rounded.map((value) => tidy(value * lot, lot));
}

const tidy = (value, lot) => (lot < 1 ? Math.round(value * Math.round(1 / lot)) / Math.round(1 / lot) : value);

/** A total in proportion to `pattern`; evenly where that is nothing. A blank beside others that speak stays blank. */
export function spread(total, pattern, lot) {
  if (Number.isNaN(total)) return new Float64Array(pattern.length).fill(NaN);
  const weight = pattern.map((value) => (value > 0 ? value : 0));
  const sum = weight.reduce((all, value) => all + value, 0);
  const shares = Float64Array.from(pattern, (value, place) => {
    if (sum > 0) return Number.isNaN(value) ? NaN : (total * weight[place]) / sum;
    return total / pattern.length;
  });
  return roundToTotal(shares, lot);
}

/**
 * Change one cell at any level: its rows share it, all totals above and below follow.
 * @returns {{column: Float64Array, nodes: number[], before: Float64Array}} what `restored` needs to take it back
 */
export function changed(model, { measure, node, period, after }) {
  const column = model.values.get(measure)[period];
  const { decimals, over_rows: overRows } = model.measures.get(measure);
  const over = overRows === "sum" ? above(model, node).filter((at) => !unitsDiffer(model, column, at)) : [];
  const nodes = [...Array(model.end[node] - node).keys()].map((step) => node + step).concat(over);
  const trace = { column, nodes, before: Float64Array.from(nodes, (at) => column[at]) };
  const leaves = nodes.filter((at) => at >= node && isLeaf(model, at));
  const shares = isLeaf(model, node) ? [after ?? NaN] : spread(after ?? NaN, Float64Array.from(leaves, (leaf) => column[leaf]), 10 ** -decimals);
  leaves.forEach((leaf, place) => {
    column[leaf] = shares[place];
  });
  for (let at = model.end[node] - 1; at >= node; at--) if (!isLeaf(model, at)) column[at] = totalOf(model, column, at);
  for (const at of over) column[at] = totalOf(model, column, at);
  return trace;
}

/** Sum of the nodes directly below; blanks are skipped, all blank stays blank. */
function totalOf(model, column, node) {
  let sum = NaN;
  for (const child of childrenOf(model, node)) {
    if (Number.isNaN(column[child])) continue;
    sum = Number.isNaN(sum) ? column[child] : sum + column[child];
  }
  return sum;
}

/**
 * Put numbers of the server onto the page, for a while.
 * @returns {object[]} what `restored` needs to take each back
 */
export function laid(model, patch) {
  return patch.flatMap(({ measure, period, nodes, values }) => {
    const column = model.values.get(measure)?.[model.months.get(period)];
    if (!column) return [];
    const trace = { column, nodes, before: Float64Array.from(nodes, (node) => column[node]) };
    nodes.forEach((node, place) => {
      column[node] = values[place] ?? NaN;
    });
    return [trace];
  });
}

/** Take a change back. */
export function restored({ column, nodes, before }) {
  nodes.forEach((node, place) => {
    column[node] = before[place];
  });
}
