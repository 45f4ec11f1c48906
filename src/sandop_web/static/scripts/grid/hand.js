// The cell in hand: which cells are selected, the field that lies over one of them, where the next key goes.
import { cellInWords } from "./painting.js";
import { rectangle, single } from "./selection.js";
import { bare } from "./texts.js";
import { Typing } from "./typing.js";

export class Hand {
  /** The selected cells. */
  selection = single(0, 0);
  #page;
  #typing;

  /**
   * @param {{element, frame, field, fault, scene, sheet, foot, notices, say}} page the grid, what lies over it, and those
   *   who are told which cell is in hand
   * @param {{entered}} heard entered(box, text): a text for these cells, or for the one in hand; false where it is looked
   *   through first
   */
  constructor(page, heard) {
    this.#page = page;
    this.#typing = new Typing(page.field, page.fault, {
      entered: (text, step, all) => this.#entered(text, step, all, heard),
      left: (back) => back && this.back(),
      faulty: (kind) => page.say(`fault_${kind}`),
    });
    page.frame.addEventListener("scroll", () => this.#follow(), { capture: true, passive: true });
  }

  /** Whether somebody is typing. */
  get typing() {
    return this.#typing.busy;
  }

  /** The cell in hand, with everything known of it; null where there is none. */
  get cell() {
    return this.#page.scene.cell(this.selection.focus);
  }

  /** Take these cells in hand; `drawn` where the grid has drawn them itself. */
  select(selection, drawn = false, fromTop = false) {
    const { scene, sheet, foot } = this.#page;
    const most = { row: scene.rows.length - 1, column: scene.columns.length - 1 };
    if (most.row < 0 || most.column < 0) return;
    const within = ({ row, column }) => ({ row: Math.min(row, most.row), column: Math.min(column, most.column) });
    this.selection = { focus: within(selection.focus), end: within(selection.end) };
    if (!drawn) sheet.select(this.selection, fromTop);
    else if (!this.#typing.busy) this.back();
    foot.selected(this.selection);
  }

  /** Every cell of the page. */
  selectAll() {
    const { scene } = this.#page;
    this.select({ focus: { row: 0, column: 0 }, end: { row: scene.rows.length - 1, column: scene.columns.length - 1 } });
  }

  /** The keys are the grid's again. */
  back() {
    if (!this.#typing.busy) this.#page.element.focus({ preventScroll: true });
  }

  /** The first line that can be typed into, of a node or of all; from the top where it can be seen from there. */
  startAt(node, column) {
    const { scene, sheet } = this.#page;
    const row = Math.max(0, scene.rows.findIndex((line, place) => (!node || line.node === node) && !scene.cell({ row: place, column }).locked));
    this.select(single(row, column), false, row < sheet.page);
  }

  /** The cell in hand stays in hand while rows come and go. */
  keepWhile(lay) {
    const { scene } = this.#page;
    const held = scene.rows[this.selection.focus.row];
    lay();
    const row = scene.rows.findIndex(({ node, measure }) => held && node === held.node && measure === held.measure);
    const to = row >= 0 ? row : Math.min(this.selection.focus.row, scene.rows.length - 1);
    if (to >= 0) this.select(single(to, this.selection.focus.column));
  }

  /** Open the field over the cell in hand, with what was typed or with what it holds. */
  edit(typed = null) {
    const { sheet, notices, scene } = this.#page;
    const { cell } = this;
    if (!cell || this.#typing.busy) return;
    if (cell.locked) return notices.refused(cell.locked);
    const element = sheet.cell(this.selection.focus);
    if (!element) sheet.select(this.selection).then(() => requestAnimationFrame(() => this.#follow())); // no key is lost meanwhile
    const text = typed ?? bare(cell.value, cell.measure.decimals);
    this.#typing.open(this.#boxOf(element), { now: cell.value, text, quick: typed !== null, label: cellInWords(scene, cell.row, cell.column) });
  }

  #entered(text, [down, along], all, heard) {
    const { focus } = this.selection;
    const done = heard.entered(all ? rectangle(this.selection) : null, text);
    if (done && (down || along)) this.#step(focus, down, along);
  }

  /** On to the next cell of the same measure. */
  #step({ row, column }, down, along) {
    const { rows, columns } = this.#page.scene;
    let to = row + down;
    const { measure } = rows[row];
    while (down && to > 0 && to < rows.length - 1 && rows[to].measure !== measure) to += Math.sign(down);
    this.select(single(Math.max(0, Math.min(to, rows.length - 1)), Math.max(0, Math.min(column + along, columns.length - 1))));
  }

  #boxOf(element) {
    if (!element) return { left: 0, top: 0, width: 0, height: 28 };
    const box = element.getBoundingClientRect();
    const around = this.#page.frame.getBoundingClientRect();
    return { left: box.left - around.left, top: box.top - around.top, width: box.width, height: box.height };
  }

  #follow() {
    if (!this.#typing.busy) return;
    const element = this.#page.sheet.cell(this.selection.focus);
    if (element) this.#typing.place(this.#boxOf(element));
  }
}
