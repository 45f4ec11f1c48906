// The grid's own arithmetic, without a browser: node --test tests/unit/scripts/
import assert from "node:assert/strict";
import { test } from "node:test";

const scripts = "../../../src/sandop_web/static/scripts/grid/";
const { understood } = await import(`${scripts}arithmetic.js`);
const { laidDown, tableOf, tableText } = await import(`${scripts}clipboard.js`);
const { columnsOf, modelOf, numberAt, patched, placeOf, reworthed, unitOf, worthAt } = await import(`${scripts}columns.js`);
const { filled, filledDown, filledRight, pasted, typedInto } = await import(`${scripts}editing.js`);
const { DEEDS, deedOf, KEY_LINES } = await import(`${scripts}keys.js`);
const { found, keptWith, opened, rowsOf } = await import(`${scripts}rows.js`);
const { Saves } = await import(`${scripts}saving.js`);
const { moved, rectangle, single, statistics } = await import(`${scripts}selection.js`);
const { changed, restored, roundToTotal, spread } = await import(`${scripts}spread.js`);
const { isTotal } = await import(`${scripts}sharing.js`);
const { byHowMuch, filled: filledSentence } = await import(`${scripts}texts.js`);

/*
                    Jan   Feb   Mar   Apr
  All
    Domestic
      Winding        60    60    60    60
      Motor          30    30    30    30
    Export
      Shaft          10     –    10    10
*/
function answer() {
  const column = (shaft) => [shaft === null ? 90 : 90 + shaft, 90, 60, 30, shaft, shaft];
  return {
    levels: [{ id: "family" }, { id: "item" }],
    nodes: { level: [0, 1, 2, 2, 1, 2], parent: [-1, 0, 1, 1, 0, 4], end: [6, 4, 3, 4, 6, 6], label: ["", "DOM", "W", "M", "EXP", "S"], name: ["All", "Domestic", "Winding", "Motor", "Export", "Shaft"] },
    periods: ["2026-01", "2026-02", "2026-03", "2026-04"].map((label, place) => ({ label, title: label, quarter: place < 3 ? "2026-Q1" : "2026-Q2", past: false })),
    quarters: [{ label: "2026-Q1", title: "Q1 2026", periods: 3 }, { label: "2026-Q2", title: "Q2 2026", periods: 1 }],
    measures: ["forecast", "statistics"].map((id) => ({ id, title: id, unit: "pcs", decimals: 0, over_rows: "sum", over_time: "sum", state: id === "forecast" ? "editable" : "computed", why_locked: id === "forecast" ? "" : "computed" })),
    values: { forecast: [column(10), column(null), column(10), column(10)], statistics: [column(10), column(10), column(10), column(10)] },
    exceptions: { score: [0, 5, 1, 4, -9, 9], text: [] },
    why_locked: "",
  };
}

/** As much of the page as the pure modules ask for. */
function sceneOf(model = modelOf(answer())) {
  const columns = columnsOf(model, "months");
  const rows = rowsOf(model, { open: opened(model, 2), kept: null, measures: [...model.measures.keys()], worstFirst: false });
  const cell = ({ row, column }) =>
    rows[row] && columns[column] && { row: rows[row], column: columns[column], period: column, measure: model.measures.get(rows[row].measure), value: numberAt(model, rows[row].measure, rows[row].node, columns[column]), locked: model.measures.get(rows[row].measure).why_locked };
  return { model, columns, rows, cell };
}

const lineOf = (scene, node, measure = "forecast") => scene.rows.findIndex((row) => row.node === node && row.measure === measure);
const box = (top, left, bottom, right) => ({ focus: { row: top, column: left }, end: { row: bottom, column: right } });

test("what people type into a cell is understood", () => {
  const cases = [["1,234.5", 1234.5], ["1200", 1200], ["１２００", 1200], ["(30)", -30], ["−5", -5], ["¥1,000", 1000], ["12%", 0.12], ["1.2k", 1200], ["3万", 30000], ["2.5 m", 2500000], ["=1200+300*2", 1800], ["=(4-1)*-2", -6], ["=1,200/4", 300], ["*1.1", 110], ["/4", 25], ["+5%", 105], ["-20%", 80], ["+50", 50], ["1e3", 1000]];
  for (const [text, value] of cases) assert.ok(Math.abs(understood(text, 100).value - value) < 1e-9, `${text} gave ${JSON.stringify(understood(text, 100))}`);
});

test("an empty text and a dash are a blank, never zero", () => {
  for (const text of ["", "  ", "-", "–"]) assert.equal(understood(text, 100).value, null);
  assert.equal(understood("0", 100).value, 0);
});

test("what is no number is not guessed at", () => {
  for (const text of ["abc", "1,23", "12,34,567", "1.2.3", "=1+", "=(1", "=a1", "=1/0", "5 5x", "++5"]) assert.equal(understood(text, 100).fault, "number", text);
  assert.equal(understood("1e15").fault, "large");
});

test("a share of a blank is nothing to be guessed", () => {
  assert.equal(understood("+5%", NaN).fault, "blank");
  assert.equal(understood("*2", NaN).fault, "blank");
});

test("a table goes to the clipboard and comes back the same", () => {
  const table = [["1", 'say "so"', "two\nlines"], ["", "tab\there", "3"]];
  assert.deepEqual(tableOf(tableText(table)), table);
});

test("a spreadsheet's last line end is no row, a blank last cell is one", () => {
  assert.deepEqual(tableOf("1\t2\r\n3\t4\r\n"), [["1", "2"], ["3", "4"]]);
  assert.deepEqual(tableOf("1\t\n2\t"), [["1", ""], ["2", ""]]);
  assert.deepEqual(tableOf('5" pipe\t1'), [['5" pipe', "1"]]);
  assert.deepEqual(tableOf(""), []);
});

test("one number fills the selection, a block repeats in a whole multiple, else it is laid down once and cut at the edge", () => {
  const at = (cells) => cells.map(({ row, column, text }) => `${row},${column}=${text}`).join(" ");
  assert.equal(at(laidDown([["7"]], { top: 1, left: 1, bottom: 2, right: 2 }, 9, 9)), "1,1=7 1,2=7 2,1=7 2,2=7");
  assert.equal(laidDown([["1", "2"]], { top: 0, left: 0, bottom: 1, right: 3 }, 9, 9).length, 8);
  assert.equal(laidDown([["1"], ["2"]], { top: 0, left: 0, bottom: 2, right: 0 }, 9, 9).length, 2);
  assert.equal(laidDown([["1", "2", "3"]], { top: 8, left: 7, bottom: 8, right: 7 }, 9, 9).length, 2);
});

test("a total is shared in proportion and adds up to the last piece", () => {
  assert.deepEqual([...spread(100, Float64Array.of(1, 1, 1), 1)], [34, 33, 33]);
  assert.deepEqual([...spread(10, Float64Array.of(60, 30, 10), 1)], [6, 3, 1]);
  assert.deepEqual([...spread(9, Float64Array.of(0, NaN, 0), 1)], [3, 3, 3]);
  assert.deepEqual([...spread(9, Float64Array.of(2, NaN, 1), 1)], [6, NaN, 3]);
  assert.deepEqual([...spread(NaN, Float64Array.of(2, 1), 1)], [NaN, NaN]);
  assert.deepEqual([...roundToTotal([0.15, 0.15], 0.1)], [0.2, 0.1]);
});

test("nothing is made or lost for any pattern", () => {
  let seed = 7;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  for (let round = 0; round < 200; round++) {
    const pattern = Float64Array.from({ length: 1 + Math.floor(random() * 40) }, () => (random() < 0.2 ? NaN : Math.floor(random() * 500)));
    const total = Math.floor(random() * 10000);
    const sum = spread(total, pattern, 1).reduce((all, value) => all + (Number.isNaN(value) ? 0 : value), 0);
    assert.equal(sum, total);
  }
});

test("a total that is changed is shared below it and counted above it, and can be taken back", () => {
  const model = modelOf(answer());
  const [january] = model.values.get("forecast");
  const before = [...january];
  const trace = changed(model, { measure: "forecast", node: 1, period: 0, after: 120 });
  assert.deepEqual([...january], [130, 120, 80, 40, 10, 10]);
  restored(trace);
  assert.deepEqual([...january], before);
});

test("a grand total that has no number is no row, and its children stay; another one has a single line", () => {
  const silent = (...nodes) => {
    const model = modelOf(answer());
    for (const columns of model.values.values()) for (const column of columns) for (const node of nodes) column[node] = NaN;
    return rowsOf(model, { open: opened(model, 0), kept: null, measures: [...model.measures.keys()], worstFirst: false }).map(({ node }) => node);
  };
  assert.deepEqual(silent(), [0, 0]);
  assert.deepEqual(silent(0), [1, 1, 4, 4]);
  assert.deepEqual(silent(0, 1), [1, 4, 4]);
  assert.deepEqual(silent(0, 1, 2, 3, 4, 5), [0, 0]);
});

test("a total over different units stays blank when something below it changes", () => {
  const model = modelOf(answer());
  model.values.get("forecast")[0][0] = NaN;
  changed(model, { measure: "forecast", node: 2, period: 0, after: 70 });
  assert.deepEqual([...model.values.get("forecast")[0]], [NaN, 100, 70, 30, 10, 10]);
});

test("quarters add flows, take the last of levels, and skip blanks", () => {
  const model = modelOf(answer());
  const [first] = columnsOf(model, "quarters");
  assert.equal(numberAt(model, "forecast", 5, first), 20);
  model.measures.get("forecast").over_time = "last";
  assert.equal(numberAt(model, "forecast", 2, first), 60);
  assert.deepEqual(columnsOf(model, "years").map(({ months }) => months), [[0, 1, 2, 3]]);
});

test("a place is named by the labels from the node up", () => {
  const model = modelOf(answer());
  assert.deepEqual(placeOf(model, 3), { family: "DOM", item: "M" });
  assert.deepEqual(placeOf(model, 0), {});
});

test("exceptions come first among those beside them, whatever their sign", () => {
  const model = modelOf(answer());
  const rows = rowsOf(model, { open: opened(model, 2), kept: null, measures: ["forecast"], worstFirst: true });
  assert.deepEqual(rows.map(({ node }) => node), [0, 4, 5, 1, 3, 2]);
});

test("a search keeps what it finds with all above it and opens the way there", () => {
  const model = modelOf(answer());
  const rows = rowsOf(model, { open: opened(model, 0), kept: keptWith(model, found(model, "mot")), measures: ["forecast"], worstFirst: false });
  assert.deepEqual(rows.map(({ node }) => node), [0, 1, 3]);
  assert.equal(found(model, "  "), null);
});

test("keys move, select, jump to the edge, and stay on the sheet", () => {
  const bounds = { rows: 20, columns: 5, page: 10, leap: false };
  assert.deepEqual(moved({ row: 0, column: 0 }, "ArrowUp", bounds), { row: 0, column: 0 });
  assert.deepEqual(moved({ row: 3, column: 4 }, "ArrowRight", bounds), { row: 3, column: 4 });
  assert.deepEqual(moved({ row: 3, column: 2 }, "PageDown", bounds), { row: 13, column: 2 });
  assert.deepEqual(moved({ row: 3, column: 2 }, "End", { ...bounds, leap: true }), { row: 19, column: 4 });
  assert.deepEqual(rectangle(box(5, 3, 2, 1)), { top: 2, bottom: 5, left: 1, right: 3 });
  const press = (key, more = {}) => deedOf({ key, shiftKey: false, altKey: false, ctrlKey: false, metaKey: false, ...more }, single(1, 1), { rows: 9, columns: 9, page: 5 });
  assert.equal(press("7").deed, "type");
  assert.equal(press("Tab"), null);
  assert.equal(press("Enter", { altKey: true }).deed, "why");
  assert.equal(press("z", { ctrlKey: true }).deed, "undo");
  assert.equal(press("Z", { metaKey: true, shiftKey: true }).deed, "redo");
  assert.equal(press("p", { ctrlKey: true }), null);
  assert.deepEqual(press("ArrowDown", { shiftKey: true }).with, { focus: { row: 1, column: 1 }, end: { row: 2, column: 1 } });
});

test("the list of keys speaks of every deed that a key has, and of no other", () => {
  const told = (press) => deedOf({ key: press.key, shiftKey: Boolean(press.shift), altKey: Boolean(press.alt), ctrlKey: Boolean(press.ctrl), metaKey: false }, single(1, 1), { rows: 9, columns: 9, page: 5 });
  const deeds = KEY_LINES.flatMap(({ presses }) => presses.map(told));
  assert.ok(deeds.every((found) => found !== null));
  assert.deepEqual(new Set(deeds.map(({ deed }) => deed)), DEEDS);
});

test("count, sum, average, least and most skip blanks", () => {
  assert.deepEqual(statistics([1, NaN, 5]), { count: 2, sum: 6, least: 1, most: 5, average: 3 });
});

test("a column of a spreadsheet fills the lines of one measure, past the computed lines between them", () => {
  const scene = sceneOf();
  const change = pasted(scene, single(lineOf(scene, 2), 0), "61\n31");
  assert.deepEqual(change.cells.map(({ node, after }) => [node, after]), [[2, 61], [3, 31]]);
  assert.equal(change.locked, 0);
});

test("a text that is no number stops the whole paste and is named", () => {
  const scene = sceneOf();
  const change = pasted(scene, single(lineOf(scene, 2), 0), "61\tMarch");
  assert.deepEqual(change.cells, []);
  assert.deepEqual(change.fault, { text: "March", row: lineOf(scene, 2), column: 1 });
});

test("locked cells are left as they are and counted", () => {
  const scene = sceneOf();
  const change = typedInto(scene, [{ row: lineOf(scene, 2), column: 0 }, { row: lineOf(scene, 2, "statistics"), column: 0 }], "5");
  assert.equal(change.cells.length, 1);
  assert.equal(change.locked, 1);
});

test("a number that a cell holds already is no change", () => {
  const scene = sceneOf();
  assert.deepEqual(typedInto(scene, [{ row: lineOf(scene, 2), column: 0 }], "60").cells, []);
  assert.deepEqual(typedInto(scene, [{ row: lineOf(scene, 5), column: 1 }], "").cells, []);
});

test("filling down and to the right takes the first line, the first column, of the same measure", () => {
  const scene = sceneOf();
  const down = filledDown(scene, single(lineOf(scene, 3), 0));
  assert.deepEqual(down.cells.map(({ node, after }) => [node, after]), [[3, 60]]);
  const right = filledRight(scene, box(lineOf(scene, 5), 0, lineOf(scene, 5), 3));
  assert.deepEqual(right.cells.map(({ period, after }) => [period, after]), [[1, 10]]);
  const top = lineOf(scene, 2);
  const handle = filled(scene, { top, bottom: top, left: 0, right: 0 }, { top, bottom: lineOf(scene, 3), left: 0, right: 0 });
  assert.deepEqual(handle.cells.map(({ node, after }) => [node, after]), [[3, 60]]);
});

test("sentences are filled and speak of one and of many", () => {
  assert.equal(filledSentence("{count} {count:|cell|cells} of {who}", { count: 1, who: "Dong" }), "1 cell of Dong");
  assert.equal(filledSentence("{count} {count:|cell|cells}", { count: 2 }), "2 cells");
  assert.equal(byHowMuch(100, 104.2), "+4.2%");
  assert.equal(byHowMuch(0, 5), "");
  assert.equal(byHowMuch(null, 5), "");
});

// Saving

const said = (name) => ({ status: 200, said: { patch: [], marks: [], undo: {}, redo: {}, name } });

function queue(model, send) {
  const heard = [];
  const note = (name) => (...told) => heard.push([name, ...told]);
  const saves = new Saves(model, send, { painted() {}, held() {}, saved: note("saved"), refused: note("refused"), moved: note("moved"), unheard: note("unheard") });
  return { saves, heard };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));
const winding = (after) => [{ measure: "forecast", node: 2, period: 0, after }];

test("nothing is sent before there is a reason; the number stays on the page", async () => {
  const model = modelOf(answer());
  const sent = [];
  const { saves } = queue(model, async (name, request) => (sent.push(request), said(name)));
  saves.add(winding(70));
  assert.equal(saves.wantsReason, true);
  assert.equal(model.values.get("forecast")[0][2], 70);
  saves.why = "Tender";
  await saves.next();
  await settled();
  assert.deepEqual(sent, [{ why: "Tender", edits: [{ measure: "forecast", at: { family: "DOM", item: "W" }, period: "2026-01", before: 60, after: 70 }] }]);
  assert.equal(saves.unsaved.length, 0);
});

test("changes are sent one after the other, each with what the server said of the one before", async () => {
  const model = modelOf(answer());
  const sent = [];
  const { saves } = queue(model, async (name, request) => {
    sent.push(request.edits[0]);
    return { status: 200, said: { ...said().said, patch: [{ measure: "forecast", period: "2026-01", nodes: [2], values: [71] }] } };
  });
  saves.why = "Tender";
  saves.add(winding(70));
  saves.add(winding(80));
  await settled();
  await settled();
  assert.deepEqual(sent.map(({ before, after }) => [before, after]), [[60, 70], [71, 80]]);
});

test("a refused change goes back to what it was, with those that waited behind it", async () => {
  const model = modelOf(answer());
  const { saves, heard } = queue(model, async () => ({ status: 403, said: { refusal: "not yours", remedy: "ask" } }));
  saves.why = "Tender";
  saves.add(winding(70));
  saves.add(winding(80));
  await settled();
  assert.deepEqual([...model.values.get("forecast")[0]], [100, 90, 60, 30, 10, 10]);
  assert.equal(heard[0][0], "refused");
  assert.equal(saves.unsaved.length, 0);
});

test("without an answer the change stays and can be sent again", async () => {
  const model = modelOf(answer());
  let broken = true;
  const { saves, heard } = queue(model, async (name) => {
    if (broken) throw new Error("offline");
    return said(name);
  });
  saves.why = "Tender";
  saves.add(winding(70));
  await settled();
  assert.equal(heard[0][0], "unheard");
  assert.equal(model.values.get("forecast")[0][2], 70);
  broken = false;
  await saves.next();
  await settled();
  assert.equal(heard.at(-1)[0], "saved");
});

test("undo drops what was never sent, and asks the server for the rest", async () => {
  const model = modelOf(answer());
  const names = [];
  const { saves } = queue(model, async (name) => (names.push(name), said(name)));
  saves.add(winding(70));
  saves.undo();
  assert.equal(model.values.get("forecast")[0][2], 60);
  saves.undo();
  await settled();
  assert.deepEqual(names, ["undo"]);
});

test("the server's numbers replace what the browser worked out", () => {
  const model = modelOf(answer());
  patched(model, [{ measure: "forecast", period: "2026-02", nodes: [2, 5], values: [61, null] }]);
  assert.deepEqual([...model.values.get("forecast")[1]], [90, 90, 61, 30, NaN, NaN]);
});

test("a total is looked through before it is sent; what is changed meanwhile joins it", async () => {
  const model = modelOf(answer());
  const sent = [];
  const { saves } = queue(model, async (name, request) => (sent.push(request), said(name)));
  saves.why = "Tender";
  saves.add([{ measure: "forecast", node: 1, period: 0, after: 180 }], "", true);
  assert.deepEqual([...model.values.get("forecast")[0]], [190, 180, 120, 60, 10, 10]);
  saves.shared({ by: "evenly", kept: [] }, [{ measure: "forecast", period: "2026-01", nodes: [0, 1, 2, 3], values: [190, 180, 90, 90] }]);
  assert.deepEqual([...model.values.get("forecast")[0]], [190, 180, 90, 90, 10, 10]);
  saves.add([{ measure: "forecast", node: 5, period: 0, after: 20 }]);
  assert.deepEqual(saves.wanted.map(({ before, after }) => [before, after]), [[90, 180], [10, 20]]);
  await settled();
  assert.deepEqual([sent.length, saves.wantsReason], [0, false]);
  saves.release("Larger tender");
  await settled();
  assert.deepEqual([sent.length, sent[0].why, sent[0].by, sent[0].edits.length], [1, "Larger tender", "evenly", 2]);
  assert.equal(saves.looked, null);
});

test("what is looked through and given up leaves the numbers as they were", () => {
  const model = modelOf(answer());
  const { saves } = queue(model, async (name) => said(name));
  saves.add([{ measure: "forecast", node: 1, period: 0, after: 180 }], "", true);
  saves.shared({ by: "current", kept: [] }, [{ measure: "forecast", period: "2026-01", nodes: [1, 2], values: [180, 150] }]);
  saves.drop();
  assert.deepEqual([...model.values.get("forecast")[0]], [100, 90, 60, 30, 10, 10]);
});

test("a number is shared out where several rows of the plan lie below it, shown or not", () => {
  const { nodes, ...rest } = answer();
  const model = modelOf({ ...rest, nodes: { ...nodes, rows: [5, 4, 2, 2, 1, 1] } });
  const total = (node) => isTotal(model, { measure: "forecast", node });
  assert.deepEqual([0, 1, 2, 4, 5].map(total), [true, true, true, false, false]);
});

test("nodes of several units have their own unit or none, and what they are worth follows the server", () => {
  const { nodes, measures, ...rest } = answer();
  const worth = { unit: "CNY million", divisor: 1e6, decimals: 1, nodes: [0], values: { forecast: [[2e6], [3e6], [4e6], [null]] } };
  const model = modelOf({ ...rest, measures: measures.map((measure) => ({ ...measure, unit: "" })), nodes: { ...nodes, unit: [-1, 0, 0, 0, 1, 1] }, units: ["pumps", "sets"], worth });
  assert.deepEqual([0, 2, 5].map((node) => unitOf(model, "forecast", node)), ["", "pumps", "sets"]);
  const [first] = columnsOf(model, "quarters");
  assert.equal(worthAt(model, "forecast", 0, first), 9e6);
  assert.ok(Number.isNaN(worthAt(model, "forecast", 1, first)));
  reworthed(model, [{ measure: "forecast", period: "2026-01", nodes: [0], values: [5e6] }]);
  assert.equal(worthAt(model, "forecast", 0, first), 12e6);
});
