// The lines around the grid: what the cell in hand is, what a selection adds up to, what is most out of line.
import { numberAt, unitOf } from "./columns.js";
import { markInWords } from "./marks.js";
import { cellInWords } from "./painting.js";
import { rectangle, size, statistics } from "./selection.js";
import { written } from "./texts.js";

const DELAY = 250; // milliseconds over a cell before its hint comes

export class Foot {
  #scene;
  #status = document.getElementById("grid-status");
  #statistics = document.getElementById("grid-statistics");
  #hint = document.getElementById("grid-hint");
  #headline = document.getElementById("grid-headline");
  #reword = document.getElementById("grid-reword");
  #waiting = 0;

  constructor(scene) {
    this.#scene = scene;
  }

  /** Say what the cell in hand is, and below what is to be known of it or, for several, what they add up to. */
  selected(selection) {
    const cell = this.#scene.cell(selection.focus);
    this.#status.textContent = cell ? cellInWords(this.#scene, cell.row, cell.column) : "";
    this.#statistics.textContent = !cell ? "" : size(selection) > 1 ? this.#sums(selection) : this.#notes(cell).join(" · ");
    this.#statistics.title = this.#statistics.textContent;
    this.#reword.hidden = !this.ownMark(selection);
  }

  /** The mark of the cell in hand where the reader made that change, and may say better why; null elsewhere. */
  ownMark(selection) {
    const cell = size(selection) > 1 ? null : this.#scene.cell(selection.focus);
    const mark = cell && this.#scene.marks.mark(cell.row.measure, cell.row.node, cell.column.label);
    return mark && mark.batch && mark.person === this.#scene.person ? mark : null;
  }

  /** What is to be known of a cell beside its number. */
  #notes({ row, column, locked, measure }) {
    const { marks, say } = this.#scene;
    const mark = marks.mark(row.measure, row.node, column.label);
    const open = marks.thread(row.measure, row.node, column.label).filter(({ resolved }) => !resolved);
    return [mark && markInWords(mark, this.#scene, measure.decimals), open.length && say("mark_comments", { count: open.length, name: open.at(-1).name, text: open.at(-1).text }), locked].filter(Boolean);
  }

  #sums(selection) {
    const { top, bottom, left, right } = rectangle(selection);
    const { model, rows, columns, say } = this.#scene;
    const numbers = [];
    for (let row = top; row <= bottom; row++)
      for (let column = left; column <= right; column++) numbers.push(numberAt(model, rows[row].measure, rows[row].node, columns[column]));
    const { count, sum, average, least, most } = statistics(numbers);
    const units = new Set(rows.slice(top, bottom + 1).map(({ measure, node }) => unitOf(model, measure, node)));
    if (units.size > 1) return say("statistics_apart", { count: written(count) });
    const decimals = Math.max(...rows.slice(top, Math.min(bottom + 1, top + 20)).map(({ measure }) => this.#scene.decimals(measure)));
    return count ? say("statistics", { count: written(count), sum: written(sum, decimals), average: written(average, decimals + 1), least: written(least, decimals), most: written(most, decimals), unit: [...units][0] }) : "";
  }

  /** The conclusion above the grid: what is most out of line. */
  concluded() {
    const { model, say } = this.#scene;
    const { score, text, title } = model.exceptions ?? { score: [], text: [] };
    let worst = -1;
    for (let node = 1; node < score.length; node++) if (model.level[node] === 1 && text[node] && (worst < 0 || Math.abs(score[node]) > Math.abs(score[worst]))) worst = node;
    this.#headline.textContent = worst < 0 ? (model.exceptions ? say("headline_none", { title }) : "") : say("headline", { name: model.name[worst], text: text[worst] });
    this.#headline.title = this.#headline.textContent;
  }

  /** Show hints over cells that have something to tell. */
  watch(element, frame) {
    element.addEventListener("mouseover", ({ target }) => {
      clearTimeout(this.#waiting);
      this.#hint.hidden = true;
      const found = /^cell-(\d+)-(\d+)$/.exec(target.closest?.("[id^=cell-]")?.id ?? "");
      if (found) this.#waiting = setTimeout(() => this.#hinted({ row: Number(found[1]), column: Number(found[2]) }, target.closest("[id^=cell-]"), frame), DELAY);
    });
    element.addEventListener("mouseleave", () => {
      clearTimeout(this.#waiting);
      this.#hint.hidden = true;
    });
  }

  #hinted(place, element, frame) {
    const cell = this.#scene.cell(place);
    const notes = cell ? this.#notes(cell) : [];
    if (!notes.length || !element.isConnected) return;
    this.#hint.replaceChildren(...notes.map((note) => Object.assign(document.createElement("span"), { textContent: note })));
    this.#hint.hidden = false;
    const box = element.getBoundingClientRect();
    const around = frame.getBoundingClientRect();
    const left = Math.min(box.left - around.left, around.width - this.#hint.offsetWidth - 8);
    const below = box.bottom - around.top + 4;
    const fits = below + this.#hint.offsetHeight < around.height;
    Object.assign(this.#hint.style, { left: `${Math.max(4, left)}px`, top: `${fits ? below : box.top - around.top - this.#hint.offsetHeight - 4}px` });
  }
}
