// Marks in the corners of cells: who changed it, when, why, and from what; what people said of it.
import { moment, written } from "./texts.js";

const key = (measure, node, period) => `${measure}|${node}|${period}`;

/** Marks and comments by cell. */
export class Marks {
  constructor(answer) {
    this.marks = new Map(answer.marks.map((mark) => [key(mark.measure, mark.node, mark.period), mark]));
    this.comments = [...answer.comments];
    this.#index();
  }

  #index() {
    this.threads = new Map();
    for (const comment of this.comments) {
      const cell = key(comment.measure, comment.node, comment.period);
      this.threads.set(cell, [...(this.threads.get(cell) ?? []), comment]);
    }
  }

  /** The last change of a cell; undefined where nobody changed it. `period` is the month's label. */
  mark(measure, node, period) {
    return this.marks.get(key(measure, node, period));
  }

  /** What was said of a cell, the first first. */
  thread(measure, node, period) {
    return this.threads.get(key(measure, node, period)) ?? [];
  }

  /** Take in new marks. */
  marked(marks) {
    for (const mark of marks) this.marks.set(key(mark.measure, mark.node, mark.period), mark);
  }

  /** Take in another reason of cells that were changed together. */
  reworded({ batch, first, why }) {
    for (const mark of this.marks.values()) if (mark.batch === batch) Object.assign(mark, { why, first: first === why ? "" : first });
  }

  /** Take in a comment, new or resolved. */
  said(comment) {
    this.comments = [...this.comments.filter(({ id }) => id !== comment.id), comment].sort((one, other) => one.id - other.id);
    this.#index();
  }

  /** Nodes with a mark. */
  get changedNodes() {
    return new Set([...this.marks.values()].map(({ node }) => node));
  }
}

/** A mark in words: "Dong, 12 Jan 09:14: was 1,200 · Promotion moved to May". */
export function markInWords(mark, { say, language, zone }, decimals) {
  const values = { name: mark.name, at: moment(mark.at, language, zone), why: mark.why };
  const told =
    mark.cells > 1
      ? say("mark_below", { ...values, count: mark.cells })
      : say("mark", { ...values, before: mark.before === null ? say("blank") : written(mark.before, decimals) });
  const said = mark.first ? `${told} · ${say("mark_first", { why: mark.first })}` : told;
  return mark.pending ? `${said} · ${say("mark_pending")}` : said;
}
