// What the server answered, as arrays that every other module reads: nodes in pre-order, one column of numbers a period.

/**
 * The grid in the browser.
 * @typedef {object} Model
 * @property {Int16Array} level depth of each node; 0 is the grand total
 * @property {Int32Array} parent place of the node above; -1 at the grand total
 * @property {Int32Array} end place after a node's last descendant
 * @property {Int32Array} below how many rows of the plan lie below each node: more than one share a total
 * @property {Int16Array} unit place of each node's plan unit among `units`; -1 where its rows count in several
 * @property {object|null} worth money of the nodes that count in several units
 * @property {Map<string, Float64Array[]>} values measure → one column a period, a number a node; NaN is a blank
 * @property {Map<string, object>} measures by id, in the order shown
 * @property {Map<string, number>} months place of each period by its label
 */

/** The model of an answer of `grid-columns`. */
export function modelOf(answer) {
  const { nodes, values, periods, measures } = answer;
  const columns = (measure) => (values[measure.id] ?? periods.map(() => [])).map((column) => blanksAsNaN(column, nodes.level.length));
  return {
    ...answer,
    count: nodes.level.length,
    level: Int16Array.from(nodes.level),
    parent: Int32Array.from(nodes.parent),
    end: Int32Array.from(nodes.end),
    below: Int32Array.from(nodes.rows ?? nodes.level.map((_, node) => nodes.end[node] - node)),
    unit: Int16Array.from(nodes.unit ?? nodes.level.map(() => -1)),
    units: answer.units ?? [],
    worth: worthOf(answer.worth),
    label: nodes.label,
    name: nodes.name,
    measures: new Map(measures.map((measure) => [measure.id, measure])),
    months: new Map(periods.map((period, place) => [period.label, place])),
    values: new Map(measures.map((measure) => [measure.id, columns(measure)])),
  };
}

function blanksAsNaN(column, count) {
  const numbers = new Float64Array(count).fill(NaN);
  column.forEach((value, node) => {
    if (value !== null) numbers[node] = value;
  });
  return numbers;
}

/** Money of the nodes whose quantities have no sum: place of each node, measure → one column of amounts a period. */
function worthOf(worth) {
  if (!worth) return null;
  const columns = ([id, columns]) => [id, columns.map((column) => Float64Array.from(column, (value) => value ?? NaN))];
  return { ...worth, place: new Map(worth.nodes.map((node, place) => [node, place])), values: new Map(Object.entries(worth.values).map(columns)) };
}

/** Whether nothing lies below the node. */
export const isLeaf = (model, node) => model.end[node] === node + 1;

/** The nodes directly below a node, in the order of the answer. */
export function childrenOf(model, node) {
  const found = [];
  for (let child = node + 1; child < model.end[node]; child = model.end[child]) found.push(child);
  return found;
}

/** The nodes above a node, the nearest first. */
export function above(model, node) {
  const found = [];
  for (let at = model.parent[node]; at >= 0; at = model.parent[at]) found.push(at);
  return found;
}

/** Whether the rows below a node cannot be added up, since they count in different units: they speak, the node does not. */
export function unitsDiffer(model, column, node) {
  return Number.isNaN(column[node]) && childrenOf(model, node).some((child) => !Number.isNaN(column[child]));
}

/** Labels from the node up, by level, as the server names a place: {"family": "DOM", "item": "X1"}. */
export function placeOf(model, node) {
  const path = [node, ...above(model, node)].filter((at) => model.level[at] > 0).reverse();
  return Object.fromEntries(path.map((at) => [model.levels[model.level[at] - 1].id, model.label[at]]));
}

/** What people call a node, with what lies above it: "Domestic pumps · Winding". */
export function nameOf(model, node) {
  const path = [node, ...above(model, node)].filter((at) => model.level[at] > 0).reverse();
  return path.length ? path.map((at) => model.name[at]).join(" · ") : model.name[0];
}

/**
 * The columns to show: months, quarters or years.
 * @returns {{label: string, title: string, group: string, months: number[], past: boolean}[]}
 */
export function columnsOf(model, how) {
  if (how === "months") {
    const quarters = new Map(model.quarters.map((quarter) => [quarter.label, quarter.title]));
    return model.periods.map(({ label, title, quarter, past }, place) => ({ label, title, group: quarters.get(quarter) ?? "", months: [place], past }));
  }
  const made = new Map();
  model.periods.forEach((period, place) => {
    const label = how === "years" ? period.quarter.slice(0, 4) : period.quarter;
    if (!made.has(label)) made.set(label, { label, title: titleOf(model, label, how), group: how === "years" ? "" : label.slice(0, 4), months: [], past: true });
    made.get(label).months.push(place);
    made.get(label).past &&= period.past;
  });
  return [...made.values()];
}

function titleOf(model, label, how) {
  return how === "years" ? label : (model.quarters.find((quarter) => quarter.label === label)?.title ?? label);
}

/** The number of a node in a column: a month's own, else put together as the measure adds up over time. */
export function numberAt(model, measure, node, column) {
  return overTime(model.values.get(measure), node, column, model.measures.get(measure).over_time);
}

/** What a node is worth in a column, where its quantities have no sum; NaN for every other node. */
export function worthAt(model, measure, node, column) {
  const [place, columns] = [model.worth?.place.get(node), model.worth?.values.get(measure)];
  return place === undefined || !columns ? NaN : overTime(columns, place, column, model.measures.get(measure).over_time);
}

/** The unit in which a node counts a measure, in words. */
export function unitOf(model, measure, node) {
  return model.measures.get(measure).unit || (model.units[model.unit[node]] ?? "");
}

function overTime(columns, node, column, how) {
  if (column.months.length === 1) return columns[column.months[0]][node];
  const known = column.months.map((month) => columns[month][node]).filter((value) => !Number.isNaN(value));
  if (!known.length) return NaN;
  if (how === "last") return columns[column.months.at(-1)][node];
  const sum = known.reduce((total, value) => total + value, 0);
  if (how === "mean") return sum / known.length;
  return how === "none" ? NaN : sum;
}

/** Put new amounts of the server into the model, for nodes whose quantities have no sum. */
export function reworthed(model, patch) {
  for (const { measure, period, nodes, values } of patch) {
    const column = model.worth?.values.get(measure)?.[model.months.get(period)];
    nodes.forEach((node, place) => {
      if (column) column[model.worth.place.get(node)] = values[place] ?? NaN;
    });
  }
}

/** Put new numbers of the server into the model. */
export function patched(model, patch) {
  for (const { measure, period, nodes, values } of patch) {
    const column = model.values.get(measure)?.[model.months.get(period)];
    if (!column) continue;
    nodes.forEach((node, place) => {
      column[node] = values[place] ?? NaN;
    });
  }
}
