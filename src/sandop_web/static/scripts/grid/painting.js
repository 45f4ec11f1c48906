// How a cell looks and reads: its number, its marks, why it is locked. RevoGrid asks for every cell it shows.
import { isLeaf, nameOf, numberAt, unitsDiffer } from "./columns.js";
import { written } from "./texts.js";

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
    size: narrow ? 190 : 244,
    columnProperties: () => ({ class: "head-name" }),
    cellTemplate: (h, { model: row }) => nameCell(h, scene, row),
    cellProperties: ({ model: row }) => ({ role: row.line ? "gridcell" : "rowheader", class: { name: true, [`level-${scene.model.level[row.node]}`]: true, first: row.line === 0 } }),
  };
  const measure = {
    prop: "measure",
    name: say("head_measure"),
    pin: "colPinStart",
    size: narrow ? 140 : 204,
    columnProperties: () => ({ class: "head-name" }),
    cellTemplate: (h, { model: row }) => h("span", { title: scene.model.measures.get(row.measure).title }, scene.model.measures.get(row.measure).title),
    cellProperties: ({ model: row }) => ({ role: "rowheader", class: { measure: true, first: row.line === 0 } }),
  };
  const size = widthOf(scene, narrow);
  return [names, measure, ...grouped(scene.columns.map((column, place) => numberColumn(scene, column, place, size)), scene.columns)];
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
  if (row.line > 0) return told ? h("span", { class: "line" }, [h("span", { class: "toggle" }, ""), ...words]) : "";
  return h("span", { class: "line", title: nameOf(scene.model, row.node) }, [toggleOf(h, scene, row), ...named(h, scene.model, row.node, told), ...words]);
}

function named(h, model, node, told) {
  const name = h("span", { class: "what" }, model.name[node]);
  const id = model.label[node] !== model.name[node] ? model.label[node] : "";
  return id && !told ? [name, h("span", { class: "id" }, id)] : [name];
}

function toggleOf(h, { model, say }, row) {
  if (isLeaf(model, row.node)) return h("span", { class: "toggle" }, "");
  const label = say(row.open ? "close" : "open", { name: model.name[row.node] });
  return h("button", { type: "button", class: "toggle", tabindex: "-1", "data-toggle": row.node, "aria-label": label }, row.open ? "▾" : "▸");
}

function numberCell(h, scene, row, column) {
  const { model, marks } = scene;
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
  const number = Number.isNaN(value) ? say("blank") : `${written(value, scene.decimals(row.measure))} ${measure.unit}`;
  return say("cell", { name: nameOf(model, row.node), measure: measure.title, period: column.title, number });
}
