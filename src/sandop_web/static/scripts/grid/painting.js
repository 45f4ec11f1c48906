// How a cell looks and reads: its number, its marks, why it is locked. RevoGrid asks for every cell it shows.
import { figure } from "../figures.js";
import { isLeaf, nameOf, numberAt, unitOf, unitsDiffer, worthAt } from "./columns.js";
import { written } from "./texts.js";

const SIGN = 7.3; // pixels of a plain letter, about; a Chinese one takes nearly two
const widthOfText = (text) => [...text].reduce((sum, letter) => sum + (letter.codePointAt(0) > 0x2e7f ? 12.6 : SIGN), 0);
const clamped = (least, value, most) => Math.round(Math.max(least, Math.min(value, most)));

/**
 * Columns for RevoGrid.
 * @param {object} scene what is shown: {model, marks, columns, say, decimals}; read anew for every cell, so that
 *   repainting needs no new columns
 */
export function gridColumns(scene, narrow) {
  const { say } = scene;
  const names = {
    prop: "name",
    name: say("head_name"),
    pin: "colPinStart",
    size: widthOfNames(scene, narrow),
    columnProperties: () => ({ class: "head-name" }),
    cellTemplate: (h, { model: row }) => nameCell(h, scene, row),
    cellProperties: ({ model: row }) => ({ role: row.line ? "gridcell" : "rowheader", class: { name: true, [`level-${scene.model.level[row.node]}`]: true, first: row.line === 0 } }),
  };
  const measure = {
    prop: "measure",
    name: say("head_measure"),
    pin: "colPinStart",
    size: widthOfMeasures(scene, narrow),
    columnProperties: () => ({ class: "head-name" }),
    cellTemplate: (h, { model: row }) => h("span", { title: scene.model.measures.get(row.measure).title }, scene.model.measures.get(row.measure).title),
    cellProperties: ({ model: row }) => ({ role: "rowheader", class: { measure: true, first: row.line === 0 } }),
  };
  const size = widthOf(scene, narrow);
  return [names, measure, ...grouped(scene.columns.map((column, place) => numberColumn(scene, column, place, size)), scene.columns)];
}

/** What the columns are made for: where it is the same, they stay. */
export function shapeOf(scene, narrow) {
  return JSON.stringify([widthOf(scene, narrow), widthOfNames(scene, narrow), widthOfMeasures(scene, narrow), ...scene.columns.map(({ label, title }) => [label, title])]);
}

/** Pixels in which the names are whole, as far as there is room. */
function widthOfNames({ model }, narrow) {
  const most = narrow ? 190 : 270;
  let widest = 0;
  for (let node = 0; node < model.count && widest < most; node++) {
    const id = model.label[node] === model.name[node] ? "" : model.label[node];
    widest = Math.max(widest, 52 + 16 * Math.max(0, model.level[node] - 1) + widthOfText(model.name[node]) * (model.level[node] < 2 ? 1.1 : 1) + widthOfText(id));
  }
  return clamped(150, widest, most);
}

function widthOfMeasures({ model }, narrow) {
  return clamped(84, 18 + Math.max(...[...model.measures.values()].map(({ title }) => widthOfText(title))), narrow ? 150 : 200);
}

/** Pixels of a column in which the largest number of the page is whole: a number that is cut reads as another one. */
export function widthOf(scene, narrow) {
  const { model, columns } = scene;
  const longest = [...model.measures.keys()].map((id) => {
    let widest = 0;
    for (const column of columns)
      for (let node = 0; node < model.count; node = model.level[node] ? model.end[node] : node + 1) {
        const size = Math.abs(numberAt(model, id, node, column));
        if (size > widest) widest = size;
      }
    return written(-widest, scene.decimals(id)).length;
  });
  return Math.max(narrow ? 78 : 84, 8 * Math.max(...longest) + 16);
}

function numberColumn(scene, column, place, size) {
  return {
    prop: place,
    name: column.title,
    size,
    columnProperties: () => ({ class: { number: true, past: column.past } }),
    cellTemplate: (h, { model: row }) => numberCell(h, scene, row, column),
    cellProperties: ({ model: row, rowIndex }) => numberProperties(scene, row, column, `cell-${rowIndex}-${place}`),
  };
}

function grouped(made, columns) {
  const groups = [];
  made.forEach((column, place) => {
    const { group } = columns[place];
    if (!group) groups.push(column);
    else if (groups.at(-1)?.group === group) groups.at(-1).children.push(column);
    else groups.push({ group, name: group, children: [column] });
  });
  return groups;
}

/** The sentence that says why a row comes first: on the node's second line, which has room, else on its only one. */
function tale(scene, row) {
  const here = row.line === 1 || (row.line === 0 && row.last);
  return scene.worstFirst && here ? (scene.model.exceptions?.text[row.node] ?? "") : "";
}

function nameCell(h, scene, row) {
  const told = tale(scene, row);
  const words = told ? [h("span", { class: "tale", title: told }, told)] : [];
  if (row.line > 0) return h("span", { class: "line again", "aria-hidden": "true" }, [h("span", { class: "toggle" }, ""), ...(told ? words : [h("span", { class: "what" }, scene.model.name[row.node])])]);
  return h("span", { class: "line", title: nameOf(scene.model, row.node) }, [toggleOf(h, scene, row), ...named(h, scene.model, row.node, told), ...words]);
}

function named(h, model, node, told) {
  const name = h("span", { class: "what" }, model.name[node]);
  const id = model.worth?.place.has(node) ? model.worth.unit : model.label[node] !== model.name[node] ? model.label[node] : "";
  return id && !told ? [name, h("span", { class: "id" }, id)] : [name];
}

function toggleOf(h, { model, say }, row) {
  if (isLeaf(model, row.node)) return h("span", { class: "toggle" }, "");
  const label = say(row.open ? "close" : "open", { name: model.name[row.node] });
  return h("button", { type: "button", class: "toggle", tabindex: "-1", "data-toggle": row.node, "aria-label": label }, row.open ? "▾" : "▸");
}

function numberCell(h, scene, row, column) {
  const { model, marks } = scene;
  const worth = worthInWords(scene, row, column);
  if (worth) return h("span", { class: "figure worth" }, worth);
  const value = numberAt(model, row.measure, row.node, column);
  const corners = [];
  if (column.months.length === 1) {
    const mark = marks.mark(row.measure, row.node, column.label);
    if (mark) corners.push(h("span", { class: { corner: true, changed: true, pending: Boolean(mark.pending), below: mark.cells > 1 } }));
    const thread = marks.thread(row.measure, row.node, column.label);
    if (thread.some(({ resolved }) => !resolved)) corners.push(h("span", { class: "corner said" }));
  }
  return h("span", { class: "figure" }, [written(value, scene.decimals(row.measure)), ...corners]);
}

/** What a node is worth, where its quantities have no sum: "12.3", in the unit of the page's money. */
function worthInWords({ model }, row, column) {
  const worth = worthAt(model, row.measure, row.node, column);
  return Number.isNaN(worth) ? "" : figure(worth, model.worth);
}

function numberProperties(scene, row, column, id) {
  const { model } = scene;
  const value = numberAt(model, row.measure, row.node, column);
  const locked = lockOf(scene, row, column) !== "";
  return {
    id,
    class: {
      number: true,
      first: row.line === 0,
      grand: row.node === 0,
      locked,
      past: column.past,
      negative: value < 0,
      blank: Number.isNaN(value),
      unsaved: scene.isUnsaved(row, column),
    },
    "aria-readonly": String(locked),
    "aria-label": cellInWords(scene, row, column),
  };
}

/** Why a cell cannot be typed into, in words; empty where it can. */
export function lockOf({ model, say }, row, column) {
  const measure = model.measures.get(row.measure);
  if (column.months.length > 1) return say("lock_sums");
  if (model.unit === "money") return say("lock_money");
  if (measure.state !== "editable" && !measure.override) return measure.why_locked || model.why_locked || say("lock_computed");
  if (measure.over_rows !== "sum" && !isLeaf(model, row.node)) return say("lock_no_total");
  if (unitsDiffer(model, model.values.get(row.measure)[column.months[0]], row.node)) return say("lock_units");
  if (column.past) return say("lock_past");
  return measure.why_locked || model.why_locked;
}

/** A cell as it is read aloud: "Domestic pumps · Winding, Sales forecast, Mar 2026: 1,200 pcs". */
export function cellInWords(scene, row, column) {
  const { model, say } = scene;
  const measure = model.measures.get(row.measure);
  const value = numberAt(model, row.measure, row.node, column);
  const worth = worthInWords(scene, row, column);
  const number = worth ? `${worth} ${model.worth.unit}` : Number.isNaN(value) ? say("blank") : `${written(value, scene.decimals(row.measure))} ${unitOf(model, row.measure, row.node)}`;
  return say("cell", { name: nameOf(model, row.node), measure: measure.title, period: column.title, number });
}
