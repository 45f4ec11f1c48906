// The panel at the side of the grid: what was said of a cell, two numbers that differ, the keys.
import { moment, written } from "./texts.js";

/** An element with text and attributes, and others inside it. */
export function made(tag, attributes = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...inside);
  return element;
}

export class Side {
  #panel = document.getElementById("grid-side");
  #title = document.getElementById("grid-side-title");
  #closed;
  #left = null;

  /** @param {() => void} closed back to where the reader was */
  constructor(closed) {
    this.#closed = closed;
    this.#panel.querySelector(".close").addEventListener("click", () => this.close());
    this.#panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      event.preventDefault();
      this.close();
    });
  }

  /** Open with a title and elements; `first` takes the focus. `left` is told once when they are shown no longer. */
  open(title, elements, first = this.#panel, left = null) {
    this.#leave();
    this.#left = left;
    this.#title.textContent = title;
    this.#panel.querySelector(".content").replaceChildren(...elements);
    this.#panel.hidden = false;
    first.focus();
  }

  close() {
    if (this.#panel.hidden) return;
    this.#panel.hidden = true;
    this.#leave();
    this.#closed();
  }

  #leave() {
    const left = this.#left;
    this.#left = null;
    left?.();
  }
}

/** The keys, each with what it does; `texts` holds "keys|what they do" by the id of the line. */
export function keyList(lines, texts) {
  const rows = lines.map(({ id }) => texts[id].split("|")).flatMap(([key, does]) => [made("dt", {}, ...key.split(" + ").flatMap((part, place) => [place ? " + " : "", made("kbd", {}, part)])), made("dd", {}, does)]);
  return [made("dl", { class: "keys" }, ...rows)];
}

/**
 * What was said of a cell, and a field to say more.
 * @param {object[]} thread comments, the first first
 * @param {{scene, added, resolved}} heard added(text), resolved(id)
 */
export function threadOf(thread, { scene, added, resolved }) {
  const { say, language, zone } = scene;
  const field = made("textarea", { id: "grid-words", rows: "3", maxlength: "4000", "aria-label": say("comment_field") });
  const form = made("form", { class: "form" }, field, made("p", {}, made("button", { class: "button primary" }, say("comment_add"))));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.value.trim()) added(field.value.trim());
  });
  const lines = thread.map((comment) => {
    const head = made("p", { class: "row apart" }, made("strong", {}, comment.name), made("span", { class: "muted" }, moment(comment.at, language, zone)));
    const line = made("li", comment.resolved ? { class: "resolved" } : {}, head, made("p", { class: "words" }, comment.text));
    if (comment.resolved) line.append(made("p", { class: "muted" }, say("comment_resolved")));
    else {
      const button = made("button", { type: "button", class: "button" }, say("comment_resolve"));
      button.addEventListener("click", () => resolved(comment.id));
      line.append(made("p", {}, button));
    }
    return line;
  });
  const list = lines.length ? made("ul", { class: "thread" }, ...lines) : made("p", { class: "muted" }, say("comment_none"));
  return { elements: [list, form], field };
}

/**
 * Cells that somebody else changed meanwhile: both numbers, and the two ways on.
 * @param {{name: string, mine: number|null, found: number|null, who: string}[]} cells
 * @param {{say, mine, theirs}} heard
 */
export function conflictOf(cells, { say, mine, theirs }) {
  const number = (value) => (value === null ? say("blank") : written(value, 3));
  const head = ["head_cell", "head_theirs", "head_mine"].map((name, place) => made("th", place ? { scope: "col", class: "number" } : { scope: "col" }, say(name)));
  const rows = cells.map(({ name, who, ...cell }) =>
    made("tr", {}, made("th", { scope: "row" }, name, made("span", { class: "muted" }, who ? ` · ${who}` : "")), made("td", { class: "number" }, number(cell.found)), made("td", { class: "number" }, number(cell.mine))),
  );
  const table = made("table", { class: "grid" }, made("caption", { class: "unseen" }, say("conflict_title")), made("thead", {}, made("tr", {}, ...head)), made("tbody", {}, ...rows));
  const keep = made("button", { type: "button", class: "button primary" }, say("keep_mine"));
  const take = made("button", { type: "button", class: "button" }, say("take_theirs"));
  keep.addEventListener("click", mine);
  take.addEventListener("click", theirs);
  return { elements: [made("p", {}, say("conflict_told", { count: cells.length })), table, made("p", { class: "row" }, keep, take)], first: keep };
}
