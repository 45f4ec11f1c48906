// The planning grid: what is shown, selected, typed, pasted and saved, put together.
import { openBeside } from "../beside.js";
import { modelOf, placeOf } from "./columns.js";
import { cleared, copied, filled, filledDown, filledRight, pasted, placesOf, typedInto } from "./editing.js";
import { Foot } from "./foot.js";
import { deedOf } from "./keys.js";
import { Marks } from "./marks.js";
import { Notices } from "./notices.js";
import { cellInWords, gridColumns, widthOf } from "./painting.js";
import { Reasons } from "./reasons.js";
import { Saves } from "./saving.js";
import { Scene } from "./scene.js";
import { rectangle, single } from "./selection.js";
import { server } from "./server.js";
import { Sheet } from "./sheet.js";
import { keyList, made, Side } from "./side.js";
import { Talking } from "./talking.js";
import { bare, byHowMuch, speaker } from "./texts.js";
import { Toolbar } from "./toolbar.js";
import { Typing } from "./typing.js";

const NARROW = 1000; // pixels of the frame below which columns are narrower
const MANY = 5000; // cells of one change, as many as the server takes
const by = (id) => document.getElementById(id);

class Planning {
  #root = by("planning");
  #frame = by("grid-frame");
  #element = by("grid");
  #say = speaker(by("grid-texts"));
  #scene = new Scene(this.#say, this.#root.dataset);
  #server = server(this.#root, this.#root.querySelector("[name=csrfmiddlewaretoken]").value);
  #selection = single(0, 0);
  #copied = null;
  #last = null;
  #columnsOf = "";
  #asked = 0;
  #canUndo = false;

  #side = new Side(() => this.#back());
  #notices = new Notices({ undo: () => this.#saves.undo(), reason: () => this.#reasonAnew(), again: () => this.#saves.next(), left: () => this.#back() });
  #reasons = new Reasons(by("grid-reason"), { given: (why, then) => this.#reasoned(why, then), dropped: () => this.#saves.drop(), left: () => this.#back() });
  #talking = new Talking(this.#scene, this.#side, this.#notices, { save: (name, request) => this.#server.save(name, request, this.#toolbar.query), repaint: () => this.#repaint(), open: (asked) => openBeside(`${this.#root.dataset.why}?${asked}`, this.#element) });
  #toolbar = new Toolbar({ wished: () => this.#wished(), summed: () => this.#relay(), choices: (level) => this.#labels(level) });
  #typing = new Typing(by("grid-typing"), by("grid-fault"), {
    entered: (text, step, all) => this.#entered(text, step, all),
    left: (back) => back && this.#back(),
    faulty: (kind) => this.#say(`fault_${kind}`),
  });
  #foot = new Foot(this.#scene);
  #sheet = new Sheet(this.#element, this.#scene, {
    selected: (focus, end = focus, drawn = "") => this.#select({ focus, end }, drawn === "drawn"),
    filled: (from, to) => this.#change(filled(this.#scene, from, to)),
    toggled: (node) => this.#toggle(node),
    asked: () => this.#edit(),
  });
  #saves = new Saves(null, (name, request) => this.#server.save(name, request, this.#toolbar.query), {
    painted: () => this.#repaint(),
    held: () => this.#held(),
    saved: (answer, batch) => this.#saved(answer, batch),
    refused: (answer) => this.#notices.refused(answer.refusal, answer.remedy),
    moved: (answer, batch, later) => this.#moved(answer, batch, later),
    unheard: () => this.#notices.refused(this.#say("unheard"), this.#say("unheard_remedy"), true),
  });

  #deeds = {
    edit: () => this.#edit(),
    type: ({ text }) => this.#edit(text),
    select: (selection) => this.#select(selection),
    clear: () => this.#change(cleared(this.#scene, this.#selection)),
    fillDown: () => this.#change(filledDown(this.#scene, this.#selection)),
    fillRight: () => this.#change(filledRight(this.#scene, this.#selection)),
    selectAll: () => this.#select({ focus: { row: 0, column: 0 }, end: { row: this.#scene.rows.length - 1, column: this.#scene.columns.length - 1 } }),
    undo: () => this.#saves.undo(),
    redo: () => this.#saves.redo(),
    toggle: () => this.#toggle(this.#scene.rows[this.#selection.focus.row].node),
    search: () => by("grid-search").select(),
    comment: () => this.#talking.comment(this.#scene.cell(this.#selection.focus)),
    why: () => this.#talking.why(this.#scene.cell(this.#selection.focus)),
    help: () => this.#side.open(this.#say("help"), keyList(JSON.parse(by("grid-key-texts").textContent))),
  };

  /** Fetch the numbers and show them; then listen. */
  async start() {
    this.#listen();
    if (!(await this.#fetch())) return;
    this.#begin();
    await this.#toolbar.fillFilters().catch(() => {}); // a filter without its list still shows what it filters by
  }

  /** The place that the address names: a row to find, the first cell in hand. */
  #begin() {
    const { model } = this.#scene;
    const asked = [...this.#toolbar.wish].filter(([name]) => model.levels.some(({ id }) => id === name));
    let node = 0;
    for (let at = 1; at < model.count; at++) if (asked.length && asked.every(([name, label]) => placeOf(model, at)[name] === label)) node ||= at;
    if (node) {
      this.#scene.reveal(node);
      this.#relay();
    }
    const month = this.#scene.columns.findIndex(({ label, past }) => label === this.#toolbar.wish.get("month") || (!this.#toolbar.wish.get("month") && !past));
    const column = Math.max(0, month);
    this.#startAt(node, column);
    this.#sheet.drawn.then(() => document.activeElement === document.body && this.#back());
  }

  /** The first line that can be typed into, of a node or of all, in hand; from the top where it can be seen from there. */
  #startAt(node, column) {
    const row = Math.max(0, this.#scene.rows.findIndex((line, place) => (!node || line.node === node) && !this.#scene.cell({ row: place, column }).locked));
    this.#select(single(row, column), false, row < this.#sheet.page);
  }

  // Fetching and laying out

  async #fetch() {
    const asked = ++this.#asked;
    this.#element.setAttribute("aria-busy", "true");
    let answer = null;
    try {
      answer = await (asked === 1 ? this.#server.first() : this.#server.columns(this.#toolbar.query));
    } catch {
      this.#notices.refused(this.#say("unheard"), this.#say("unheard_remedy"));
    }
    if (asked !== this.#asked) return false;
    this.#element.removeAttribute("aria-busy");
    if (answer?.status !== 200) {
      by("grid-empty").textContent = answer ? `${answer.said.refusal} ${answer.said.remedy}` : this.#say("unheard");
      if (answer) this.#notices.refused(answer.said.refusal, answer.said.remedy);
      return false;
    }
    this.#take(answer.said);
    return true;
  }

  #take(said) {
    const model = modelOf(said);
    this.#scene.take(model, new Marks(said));
    this.#saves.model = model;
    this.#toolbar.offered(said);
    this.#steps(said);
    this.#depths();
    const note = said.note || (said.editable ? "" : said.why_locked);
    Object.assign(by("grid-note"), { textContent: note, hidden: !note });
    this.#foot.concluded();
    this.#relay();
  }

  /** Columns and rows anew; columns only where they are others, for RevoGrid then begins again. */
  #relay() {
    const scene = this.#scene;
    if (!scene.model) return;
    scene.lay(this.#toolbar.how);
    const narrow = this.#frame.clientWidth < NARROW;
    const shape = JSON.stringify([widthOf(scene, narrow), ...scene.columns.map(({ label, title }) => [label, title])]);
    if (shape !== this.#columnsOf) this.#sheet.columns(gridColumns(scene, narrow));
    this.#columnsOf = shape;
    this.#sheet.rows(scene.rows);
    const none = scene.rows.length === 0 || (scene.model.count <= 1 && !scene.model.periods.length) || (scene.search && !scene.rows.some(({ node }) => node));
    by("grid-empty").textContent = this.#say(scene.search || scene.changedOnly ? "nothing_found" : "no_rows");
    by("grid-empty").hidden = !none;
    this.#repaint();
  }

  #repaint() {
    if (!this.#scene.model) return;
    this.#scene.unsaved(this.#saves.unsaved.flat());
    this.#sheet.repaint();
    this.#foot.selected(this.#selection);
  }

  #wished() {
    if (this.#saves.unsaved.length) {
      this.#notices.refused(this.#say("save_first"), this.#say("save_first_remedy"));
      return false;
    }
    this.#notices.quiet();
    this.#fetch().then((fresh) => fresh && this.#select(this.#selection));
    return true;
  }

  /** Labels of a level with their names, for a filter. */
  async #labels(level) {
    const { model } = this.#scene;
    const wish = new URLSearchParams({ view: model.view, levels: level, measures: [...model.measures.keys()][0], periods: "1" });
    const { status, said } = await this.#server.columns(wish);
    return status === 200 ? said.nodes.label.map((label, node) => [label, said.nodes.name[node]]).filter((_, node) => said.nodes.level[node] === 1) : [];
  }

  #depths() {
    const buttons = this.#scene.model.levels.map(({ title }, depth) => {
      const button = made("button", { type: "button" }, title);
      button.addEventListener("click", () => {
        this.#scene.openTo(depth + 1);
        this.#moveWith(() => this.#relay());
        this.#back();
      });
      return button;
    });
    by("grid-depth").replaceChildren(...buttons);
  }

  #toggle(node) {
    this.#scene.toggle(node);
    this.#moveWith(() => this.#relay());
    this.#back();
  }

  /** The cell in hand stays in hand when rows come and go. */
  #moveWith(lay) {
    const held = this.#scene.rows[this.#selection.focus.row];
    lay();
    const row = this.#scene.rows.findIndex(({ node, measure }) => held && node === held.node && measure === held.measure);
    const to = row >= 0 ? row : Math.min(this.#selection.focus.row, this.#scene.rows.length - 1);
    if (to >= 0) this.#select(single(to, this.#selection.focus.column));
  }

  // Selecting and typing

  #select(selection, drawn = false, fromTop = false) {
    const most = { row: this.#scene.rows.length - 1, column: this.#scene.columns.length - 1 };
    if (most.row < 0 || most.column < 0) return;
    const within = ({ row, column }) => ({ row: Math.min(row, most.row), column: Math.min(column, most.column) });
    this.#selection = { focus: within(selection.focus), end: within(selection.end) };
    if (!drawn) this.#sheet.select(this.#selection, fromTop);
    else if (!this.#typing.busy) this.#back();
    this.#foot.selected(this.#selection);
  }

  /** The keys are the grid's again. */
  #back() {
    if (!this.#typing.busy) this.#element.focus({ preventScroll: true });
  }

  #edit(typed = null) {
    const cell = this.#scene.cell(this.#selection.focus);
    if (!cell || this.#typing.busy) return;
    if (cell.locked) return this.#notices.refused(cell.locked);
    const element = this.#sheet.cell(this.#selection.focus);
    if (!element) this.#sheet.select(this.#selection).then(() => requestAnimationFrame(() => this.#follow())); // no key is lost meanwhile
    const text = typed ?? bare(cell.value, cell.measure.decimals);
    this.#typing.open(this.#boxOf(element), { now: cell.value, text, quick: typed !== null, label: cellInWords(this.#scene, cell.row, cell.column) });
  }

  #boxOf(element) {
    if (!element) return { left: 0, top: 0, width: 0, height: 28 };
    const box = element.getBoundingClientRect();
    const around = this.#frame.getBoundingClientRect();
    return { left: box.left - around.left, top: box.top - around.top, width: box.width, height: box.height };
  }

  #entered(text, [down, along], all) {
    const { focus } = this.#selection;
    this.#change(typedInto(this.#scene, all ? placesOf(rectangle(this.#selection)) : [focus], text));
    if (down || along) this.#step(focus, down, along);
  }

  /** On to the next cell of the same measure. */
  #step({ row, column }, down, along) {
    const { rows, columns } = this.#scene;
    let to = row + down;
    const { measure } = rows[row];
    while (down && to > 0 && to < rows.length - 1 && rows[to].measure !== measure) to += Math.sign(down);
    this.#select(single(Math.max(0, Math.min(to, rows.length - 1)), Math.max(0, Math.min(column + along, columns.length - 1))));
  }

  // Changing and saving

  #change({ cells, locked, fault, covered }) {
    if (fault) return this.#notices.refused(this.#say("not_a_number", { text: fault.text.slice(0, 40), name: this.#nameAt(fault) }), this.#say("nothing_changed"));
    if (cells.length > MANY) return this.#notices.refused(this.#say("too_many", { count: MANY }), this.#say("nothing_changed"));
    if (!cells.length && locked) return this.#notices.refused(this.#scene.cell(this.#selection.focus).locked || this.#say("all_locked"));
    this.#notices.quiet();
    if (locked) this.#notices.told(this.#say("some_locked", { count: locked }), true);
    if (covered) this.#select(covered);
    this.#saves.add(cells);
    if (this.#saves.wantsReason) this.#reasons.ask();
  }

  #nameAt({ row, column }) {
    const line = this.#scene.rows[row];
    return this.#scene.named(line.measure, line.node, this.#scene.columns[column].label);
  }

  #reasoned(why, then) {
    if (then) return then(why);
    this.#saves.why = why;
    this.#saves.next();
  }

  /** The same change with another reason: what was saved is taken back and made again, and both stay on record. */
  #reasonAnew() {
    const cells = this.#last;
    this.#reasons.ask((why) => {
      this.#saves.why = why;
      if (!cells) return;
      this.#saves.undo();
      this.#saves.add(cells, why);
    });
  }

  #held() {
    const waiting = this.#saves.unsaved.length > 0;
    this.#reasons.waiting(this.#saves.wantsReason);
    this.#root.classList.toggle("saving", waiting && !this.#saves.wantsReason);
    by("grid-undo").disabled = !waiting && !this.#canUndo;
  }

  #steps({ undo, redo }) {
    this.#canUndo = undo.can;
    by("grid-undo").disabled = !undo.can;
    by("grid-redo").disabled = !redo.can;
    by("grid-undo").title = undo.text;
    by("grid-redo").title = redo.text;
  }

  #saved(answer, { name, cells }) {
    this.#last = name === "edit" ? cells : null;
    this.#scene.marks.marked(answer.marks);
    this.#steps(answer);
    const share = byHowMuch(answer.before_total, answer.after_total);
    const count = answer.cells;
    const told = name === "edit" ? this.#say(share ? "saved_by" : "saved", { count, share }) : this.#say(`${name}_done`, { count });
    this.#notices.told([told, answer.pending].filter(Boolean).join(" · "), name !== "edit" || count > 1 || Boolean(answer.pending));
    if (name !== "edit") this.#remark();
  }

  /** Marks after a step back: the server knows which are left. */
  async #remark() {
    if (!this.#saves.unsaved.length) await this.#fetch();
  }

  /** Somebody was quicker: both numbers beside each other, on fresh ground. */
  async #moved({ moved, refusal, remedy }, batch, later) {
    await this.#fetch();
    this.#notices.refused(refusal, remedy);
    this.#talking.conflict(moved, batch.cells, (cells) => {
      this.#notices.quiet();
      this.#side.close();
      this.#saves.add(cells, batch.why);
      later.forEach((wait) => this.#saves.add(wait.cells, wait.why));
    });
  }

  // Listening

  #listen() {
    this.#element.addEventListener("keydown", (event) => this.#key(event));
    this.#frame.addEventListener("scroll", () => this.#follow(), { capture: true, passive: true });
    this.#foot.watch(this.#element, this.#frame);
    for (const name of ["copy", "cut", "paste"]) document.addEventListener(name, (event) => this.#clipboard(event));
    addEventListener("beforeunload", (event) => this.#saves.unsaved.length && event.preventDefault());
    by("grid-search").addEventListener("input", ({ target }) => this.#narrow({ search: target.value }));
    by("grid-search").addEventListener("keydown", (event) => (event.key === "Enter" || event.key === "Escape") && (event.preventDefault(), this.#back()));
    by("grid-worst").addEventListener("change", ({ target }) => this.#narrow({ worstFirst: target.checked }));
    by("grid-changed").addEventListener("change", ({ target }) => this.#narrow({ changedOnly: target.checked }));
    for (const name of ["undo", "redo", "comment", "why", "help"])
      by(`grid-${name}`).addEventListener("click", () => {
        this.#deeds[name]();
        if (name === "undo" || name === "redo") this.#back();
      });
  }

  #narrow(wish) {
    Object.assign(this.#scene, wish);
    this.#relay();
    this.#startAt(0, this.#selection.focus.column);
  }

  #key(event) {
    if (event.defaultPrevented || this.#typing.busy || !this.#scene.rows.length) return;
    const found = deedOf(event, this.#selection, { rows: this.#scene.rows.length, columns: this.#scene.columns.length, page: this.#sheet.page });
    if (!found) return;
    event.preventDefault();
    this.#deeds[found.deed](found.with);
  }

  #follow() {
    if (!this.#typing.busy) return;
    const element = this.#sheet.cell(this.#selection.focus);
    if (element) this.#typing.place(this.#boxOf(element));
  }

  #clipboard(event) {
    if (document.activeElement !== this.#element || !this.#scene.rows.length) return;
    event.preventDefault();
    if (event.type === "paste") return this.#change(pasted(this.#scene, this.#selection, event.clipboardData.getData("text/plain"), this.#copied));
    this.#copied = copied(this.#scene, this.#selection);
    event.clipboardData.setData("text/plain", this.#copied.text);
    this.#notices.told(this.#say("copied", { count: placesOf(rectangle(this.#selection)).length }));
    if (event.type === "cut") this.#change(cleared(this.#scene, this.#selection));
  }
}

new Planning().start();
