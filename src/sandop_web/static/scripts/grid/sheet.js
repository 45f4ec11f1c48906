// RevoGrid as the page uses it: it draws rows, columns and the selection and watches the mouse. What is selected, typed
// and saved is decided elsewhere.
import "../../vendor/revogrid/revo-grid.esm.js";
import { isLeaf } from "./columns.js";

const LINE = 28; // pixels of a row, as in the stylesheet
const NAMES = "colPinStart";
const LOOK = { rowSize: LINE, range: true, resize: true, filter: false, useClipboard: false, canDrag: false, theme: "compact", frameSize: 4 };

export class Sheet {
  #element;
  #scene;
  #heard;
  #focus = null;
  #drawn;

  /**
   * @param {HTMLElement} element the <revo-grid>
   * @param {object} scene what is shown: {model, rows, columns}
   * @param {{selected, filled, toggled, asked}} heard selected(focus, end): by the mouse; filled(from, to): rectangles of the
   *   fill handle; toggled(node); asked(): the cell in hand is to be edited
   */
  constructor(element, scene, heard) {
    this.#element = element;
    this.#scene = scene;
    this.#heard = heard;
    Object.assign(element, LOOK);
    this.#drawn = new Promise((resolve) => element.addEventListener("afterrender", resolve, { once: true }));
    element.addEventListener("afterrender", () => completed(element));
    this.#keep("beforekeydown"); // keys are the page's
    this.#keep("beforefocuslost"); // a click elsewhere keeps the selection
    this.#keep("beforescrollintoview"); // scrolling is done in `select`
    this.#keep("beforesorting");
    element.addEventListener("afterfocus", (event) => event.preventDefault(), { capture: true }); // the grid itself keeps the focus
    this.#keep("beforeeditstart", () => heard.asked());
    this.#keep("beforerange", ({ detail }) => heard.filled(corners(detail.oldRange), corners(detail.newRange)));
    element.addEventListener("beforecellfocusinit", (event) => this.#aimed(event));
    element.addEventListener("focuscell", ({ detail }) => this.#pointed(detail));
    element.addEventListener("setrange", ({ detail }) => this.#ranged(detail));
    element.addEventListener("beforerowrender", ({ detail }) => this.#described(detail));
    element.addEventListener("click", ({ target }) => {
      const toggle = target.closest("[data-toggle]");
      if (toggle) heard.toggled(Number(toggle.dataset.toggle));
    });
  }

  #keep(name, then = () => {}) {
    this.#element.addEventListener(name, (event) => {
      event.preventDefault();
      then(event);
    });
  }

  /** Resolves when the grid is drawn for the first time; before that it takes no focus. */
  get drawn() {
    return this.#drawn;
  }

  /** Show these columns; only when they are others. */
  columns(columns) {
    this.#element.columns = columns;
  }

  /** Show these rows. */
  rows(rows) {
    this.#element.source = rows;
  }

  /** Draw the same rows with what they hold now. */
  repaint() {
    return this.#element.refresh("rgRow");
  }

  /** Draw the selection and bring its end into sight; from the top where that is wished. */
  async select({ focus, end }, fromTop = false) {
    this.#focus = focus;
    await this.#drawn;
    await this.#element.setCellsFocus({ x: focus.column, y: focus.row }, { x: end.column, y: end.row });
    this.#told(end);
    const cell = this.cell(end);
    if (fromTop) await this.#element.scrollToRow(0);
    else if (cell) cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    else await this.#bring(end);
  }

  /** Bring a cell into sight that is not drawn yet: its row near the middle, its month at the left. */
  async #bring({ row, column }) {
    await this.#element.scrollToRow(Math.max(0, row - Math.floor(this.page / 2)));
    await this.#element.scrollToColumnIndex(column);
  }

  /** The element of a cell; null while it is out of sight. */
  cell({ row, column }) {
    return this.#element.querySelector(`#${idOf({ row, column })}`);
  }

  /** How many rows fit into the window. */
  get page() {
    return Math.max(1, Math.floor((this.#element.clientHeight - 3 * LINE) / LINE));
  }

  /** A press on a name means the row's first month. */
  #aimed(event) {
    if (event.detail.colType !== NAMES) return;
    event.preventDefault();
    if (!event.detail.originalEvent?.target?.closest?.("[data-toggle]")) this.#heard.selected({ row: event.detail.rowIndex, column: 0 });
  }

  #pointed({ focus, end, colType }) {
    if (colType === NAMES) return;
    this.#focus = { row: focus.y, column: focus.x };
    this.#told(this.#focus);
    this.#heard.selected(this.#focus, { row: end.y, column: end.x }, "drawn");
  }

  #ranged({ x, y, x1, y1 }) {
    const focus = this.#focus ?? { row: y, column: x };
    this.#heard.selected(focus, { row: focus.row === y ? y1 : y, column: focus.column === x ? x1 : x }, "drawn");
  }

  /** Say to those who hear the page which cell is in hand. */
  #told(place) {
    this.#element.setAttribute("aria-activedescendant", idOf(place));
  }

  /** A row's place in the tree, for those who hear it. */
  #described({ node, model: row }) {
    const { model } = this.#scene;
    if (!row) return;
    const tree = isLeaf(model, row.node) ? {} : { "aria-expanded": String(row.open) };
    node.$attrs$ = { ...node.$attrs$, ...tree, "aria-level": String(model.level[row.node] + 1) };
  }
}

/** What RevoGrid leaves unsaid to those who hear the page: its heads stand in a row, its maker's mark is no part of the grid. */
function completed(element) {
  for (const row of element.querySelectorAll(".actual-rgRow:not([role])")) row.setAttribute("role", "row");
  const mark = element.querySelector("revogr-attribution");
  mark?.setAttribute("aria-hidden", "true");
  mark?.querySelector("a")?.setAttribute("tabindex", "-1");
}

const idOf = ({ row, column }) => `cell-${row}-${column}`;
const corners = ({ x, y, x1, y1 }) => ({ top: y, left: x, bottom: y1, right: x1 });
