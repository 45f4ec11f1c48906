// The queue of changes: each is painted at once, sent one at a time, and taken back where the server refuses it.
import { patched, placeOf, reworthed } from "./columns.js";
import { changed, laid, restored } from "./spread.js";

/**
 * @typedef {object} Cell a change of one cell
 * @property {string} measure
 * @property {number} node
 * @property {number} period place of the month
 * @property {number|null} after null: the cell becomes blank
 */

export class Saves {
  #waiting = [];
  #sending = false;
  #send;
  #heard;

  /**
   * @param {object} model
   * @param {(name: string, request: object) => Promise<{status: number, said: object}>} send throws where nobody answers
   * @param {{painted, held, saved, refused, moved, unheard}} heard what to do when the queue has something to tell
   */
  constructor(model, send, heard) {
    this.model = model;
    this.why = "";
    this.#send = send;
    this.#heard = heard;
  }

  /** Changes that are painted, but not saved: cells of each gesture. */
  get unsaved() {
    return this.#waiting.filter(({ name }) => name === "edit").map(({ cells }) => cells);
  }

  /** Whether cells wait for their reason. */
  get wantsReason() {
    return this.unsaved.length > 0 && !this.#waiting[0].looked && !this.#reasonOf(this.#waiting[0]);
  }

  /** Cells that are looked through before they are saved; null where there are none. */
  get looked() {
    return this.#waiting.find(({ looked }) => looked) ?? null;
  }

  /**
   * Change cells together; they are saved as soon as there is a reason, and, where they are `looked` through first, when
   * that is done. What is changed meanwhile joins them.
   */
  add(cells, why = "", looked = false) {
    if (!cells.length) return;
    const open = this.looked;
    if (open) this.#join(open, cells);
    else {
      const batch = { name: "edit", cells, why, traces: [], looked, sharing: null, patch: null };
      this.#lay(batch);
      this.#waiting.push(batch);
    }
    this.#heard.painted();
    this.next();
  }

  #join(batch, cells) {
    const place = ({ measure, node, period }) => `${measure}|${node}|${period}`;
    const fresh = new Set(cells.map(place));
    this.#relaid(batch, { cells: [...batch.cells.filter((cell) => !fresh.has(place(cell))), ...cells], patch: null });
  }

  #relaid(batch, wish) {
    this.#liftAll();
    Object.assign(batch, wish);
    this.#waiting.forEach((each) => this.#lay(each));
  }

  /** Paint the cells that are looked through as the server would share them out. */
  shared(sharing, patch) {
    if (!this.looked) return;
    this.#relaid(this.looked, { sharing, patch });
    this.#heard.painted();
  }

  /** What is looked through is good: it is saved with this reason. */
  release(why) {
    const batch = this.looked;
    if (!batch) return;
    batch.looked = false;
    this.why = why;
    this.next();
  }

  /** What an edit of the cells that are looked through would ask of the server. */
  get wanted() {
    return this.looked ? this.#edits(this.looked) : [];
  }

  /** Take back the last change: one that was never sent is dropped, else the server takes it back. */
  undo() {
    const last = this.#waiting.at(-1);
    if (last?.name === "edit" && !(this.#sending && this.#waiting.length === 1)) {
      this.#lift(this.#waiting.pop());
      this.#heard.painted();
      this.#heard.held();
    } else this.#ask("undo");
  }

  /** Give the last change that was taken back again. */
  redo() {
    this.#ask("redo");
  }

  /** Give up every change that is not saved. */
  drop() {
    this.#liftAll();
    this.#waiting = this.#sending ? this.#waiting.slice(0, 1) : [];
    this.#waiting.forEach((batch) => this.#lay(batch));
    this.#heard.painted();
    this.#heard.held();
  }

  /** Send what is next, where nothing is on its way and there is a reason. */
  async next() {
    const batch = this.#waiting[0];
    this.#heard.held();
    if (this.#sending || !batch || batch.looked || (batch.name === "edit" && !this.#reasonOf(batch))) return;
    this.#sending = true;
    batch.why = this.#reasonOf(batch);
    let answer = null;
    try {
      answer = await this.#send(batch.name, this.#request(batch));
    } catch {
      answer = null;
    }
    this.#sending = false;
    if (answer === null) this.#heard.unheard();
    else this.#answered(batch, answer);
  }

  #ask(name) {
    this.#waiting.push({ name, cells: [], why: "", traces: [] });
    this.next();
  }

  #reasonOf(batch) {
    return batch.why || this.why;
  }

  #request(batch) {
    if (batch.name !== "edit") return {};
    return { why: batch.why, edits: this.#edits(batch), ...batch.sharing };
  }

  #edits({ edits }) {
    const { periods } = this.model;
    const number = (value) => (value === null || Number.isNaN(value) ? null : value);
    return edits.map(({ measure, node, period, before, after }) => ({
      measure,
      at: placeOf(this.model, node),
      period: periods[period].label,
      before: number(before),
      after: number(after),
    }));
  }

  #answered(batch, { status, said }) {
    this.#liftAll();
    if (status === 200) {
      this.#waiting.shift();
      patched(this.model, said.patch);
      reworthed(this.model, said.worth ?? []);
      this.#waiting.forEach((later) => this.#lay(later));
      this.#heard.saved(said, batch);
      this.#heard.painted();
      this.next();
    } else {
      const later = this.#waiting.slice(1).filter(({ name }) => name === "edit");
      this.#waiting = [];
      this.#heard.painted();
      this.#heard.held();
      this.#heard[said.moved ? "moved" : "refused"](said, batch, later);
    }
  }

  /** Paint a batch. Every cell is compared with what it holds before; totals come first, so that what is below them wins. */
  #lay(batch) {
    const now = ({ measure, node, period }) => this.model.values.get(measure)[period][node];
    batch.edits = batch.cells.map((cell) => ({ ...cell, before: now(cell) }));
    if (batch.patch) {
      batch.traces = laid(this.model, batch.patch);
      return;
    }
    const topFirst = [...batch.edits].sort((one, other) => this.model.level[one.node] - this.model.level[other.node]);
    batch.traces = topFirst.map((edit) => changed(this.model, edit));
  }

  #lift(batch) {
    batch.traces.reverse().forEach(restored);
    batch.traces = [];
  }

  #liftAll() {
    [...this.#waiting].reverse().forEach((batch) => this.#lift(batch));
  }
}
