// What people say of a cell, why its number is so, and what to do where somebody else was quicker: all in a panel beside.
import { placeOf } from "./columns.js";
import { conflictOf, threadOf } from "./side.js";

export class Talking {
  #scene;
  #side;
  #notices;
  #heard;

  /**
   * @param {object} scene
   * @param {object} side the panel
   * @param {object} notices
   * @param {{save, repaint, open}} heard save(name, request); repaint(); open(asked): the page that explains a number
   */
  constructor(scene, side, notices, heard) {
    this.#scene = scene;
    this.#side = side;
    this.#notices = notices;
    this.#heard = heard;
  }

  /** The thread of a cell, with a field to say more. */
  comment(cell) {
    if (!this.#isMonth(cell)) return;
    const { node, measure } = cell.row;
    const period = cell.column.label;
    const { elements, field } = threadOf(this.#scene.marks.thread(measure, node, period), {
      scene: this.#scene,
      added: (text) => this.#send("comment", { measure, at: placeOf(this.#scene.model, node), period, text }, cell),
      resolved: (id) => this.#send("resolve", { id }, cell),
    });
    this.#side.open(this.#scene.named(measure, node, period), elements, field);
  }

  async #send(name, request, cell) {
    const { say, marks } = this.#scene;
    try {
      const { status, said } = await this.#heard.save(name, request);
      if (status !== 200) return this.#notices.refused(said.refusal, said.remedy);
      marks.said({ ...said.comment, node: cell.row.node }); // the server counts nodes in the cell's own levels
    } catch {
      return this.#notices.refused(say("unheard"), say("unheard_remedy"));
    }
    this.#heard.repaint();
    this.comment(cell);
  }

  /** Why the number is so, on its own page beside. */
  why(cell) {
    if (!this.#isMonth(cell)) return;
    const { measure, node } = cell.row;
    this.#heard.open(new URLSearchParams({ ...placeOf(this.#scene.model, node), measure, period: cell.column.label }));
  }

  #isMonth(cell) {
    if (cell && cell.period === null) this.#notices.refused(this.#scene.say("lock_sums"));
    return Boolean(cell) && cell.period !== null;
  }

  /**
   * Cells that somebody else changed meanwhile.
   * @param {object[]} moved as the server tells them
   * @param {object[]} cells what was to be saved
   * @param {(cells: object[]) => void} on go on with these
   */
  conflict(moved, cells, on) {
    const { model, say } = this.#scene;
    const same = (one, cell) => one.measure === cell.measure && one.node === cell.node && one.period === model.periods[cell.period].label;
    const others = cells.filter((cell) => !moved.some((one) => same(one, cell)));
    const lines = moved.map((one) => ({
      name: this.#scene.named(one.measure, one.node, one.period),
      found: one.found,
      mine: cells.find((cell) => same(one, cell))?.after ?? null,
      who: one.person,
    }));
    const { elements, first } = conflictOf(lines, { say, mine: () => on(cells), theirs: () => on(others) });
    this.#side.open(say("conflict_title"), elements, first);
  }
}
