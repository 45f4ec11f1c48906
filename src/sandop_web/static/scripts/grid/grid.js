// The planning grid: its parts put together, keys and buttons brought to their deeds.
import { openBeside } from "../beside.js";
import { Changing } from "./changing.js";
import { placeOf } from "./columns.js";
import { cleared, copied, filled, filledDown, filledRight, pasted, placesOf, typedInto } from "./editing.js";
import { Foot } from "./foot.js";
import { Hand } from "./hand.js";
import { deedOf, KEY_LINES } from "./keys.js";
import { KeptViews } from "./kept_views.js";
import { Laying } from "./laying.js";
import { Notices } from "./notices.js";
import { Scene } from "./scene.js";
import { rectangle } from "./selection.js";
import { server } from "./server.js";
import { Sheet } from "./sheet.js";
import { keyList, Side } from "./side.js";
import { Talking } from "./talking.js";
import { speaker } from "./texts.js";
import { Toolbar } from "./toolbar.js";

const by = (id) => document.getElementById(id);

class Planning {
  #root = by("planning");
  #frame = by("grid-frame");
  #element = by("grid");
  #say = speaker(by("grid-texts"));
  #scene = new Scene(this.#say, this.#root.dataset);
  #server = server(this.#root, this.#root.querySelector("[name=csrfmiddlewaretoken]").value);
  #copied = null;

  #save = (name, request) => this.#server.save(name, request, this.#toolbar.query);
  #side = new Side(() => this.#hand.back());
  #notices = new Notices({ undo: () => this.#changes.undo(), reason: () => this.#changes.reword(), again: () => this.#changes.again(), left: () => this.#hand.back() });
  #talking = new Talking(this.#scene, this.#side, this.#notices, { save: this.#save, repaint: () => this.#repaint(), open: (asked) => openBeside(`${this.#root.dataset.why}?${asked}`, this.#element) });
  #toolbar = new Toolbar(this.#scene, { wished: () => this.#wished(), summed: () => this.#laying.lay(), narrowed: () => this.#narrowed(), choices: (level) => this.#laying.labels(level), left: () => this.#hand.back() });
  #foot = new Foot(this.#scene);
  #sheet = new Sheet(this.#element, this.#scene, {
    selected: (focus, end = focus, drawn = "") => this.#hand.select({ focus, end }, drawn === "drawn"),
    filled: (from, to) => this.#changes.change(filled(this.#scene, from, to)),
    toggled: (node) => this.#laying.toggle(node),
    asked: () => this.#hand.edit(),
  });
  #page = { root: this.#root, element: this.#element, frame: this.#frame, field: by("grid-typing"), fault: by("grid-fault"), say: this.#say, scene: this.#scene, sheet: this.#sheet, foot: this.#foot, notices: this.#notices, side: this.#side, talking: this.#talking, toolbar: this.#toolbar, server: this.#server, save: this.#save };
  #hand = new Hand(this.#page, { entered: (box, text) => this.#changes.change(typedInto(this.#scene, box ? placesOf(box) : [this.#hand.selection.focus], text)) });
  #laying = new Laying(this.#page, { taken: (said) => this.#changes.taken(said), repainted: () => this.#repaint(), moved: (lay) => this.#moved(lay) });
  #changes = new Changing(this.#page, { repainted: () => this.#repaint(), fetched: () => this.#laying.fetch(), covered: (selection) => this.#hand.select(selection), back: () => this.#hand.back() });

  #deeds = {
    edit: () => this.#hand.edit(),
    type: ({ text }) => this.#hand.edit(text),
    select: (selection) => this.#hand.select(selection),
    clear: () => this.#changes.change(cleared(this.#scene, this.#hand.selection)),
    fillDown: () => this.#changes.change(filledDown(this.#scene, this.#hand.selection)),
    fillRight: () => this.#changes.change(filledRight(this.#scene, this.#hand.selection)),
    selectAll: () => this.#hand.selectAll(),
    undo: () => this.#changes.undo(),
    redo: () => this.#changes.redo(),
    toggle: () => this.#laying.toggle(this.#node),
    open: () => this.#laying.toggle(this.#node, true),
    close: () => this.#laying.toggle(this.#node, false),
    search: () => by("grid-search").select(),
    comment: () => this.#talking.comment(this.#hand.cell),
    why: () => this.#talking.why(this.#hand.cell),
    reason: () => this.#reword(),
    help: () => this.#side.open(this.#say("help"), keyList(KEY_LINES, JSON.parse(by("grid-key-texts").textContent))),
  };

  get #node() {
    return this.#scene.rows[this.#hand.selection.focus.row].node;
  }

  /** Fetch the numbers and show them; then listen. */
  async start() {
    this.#listen();
    if (!(await this.#laying.fetch())) return;
    this.#begin();
    new KeptViews(this.#page);
    await this.#toolbar.fillFilters().catch(() => {}); // a filter without its list still shows what it filters by
  }

  /** The place that the address names: a row to find, the first cell in hand. */
  #begin() {
    const { model, columns } = this.#scene;
    const asked = [...this.#toolbar.wish].filter(([name]) => model.levels.some(({ id }) => id === name));
    let node = 0;
    for (let at = 1; at < model.count; at++) if (asked.length && asked.every(([name, label]) => placeOf(model, at)[name] === label)) node ||= at;
    if (node) {
      this.#scene.reveal(node);
      this.#laying.lay();
    }
    const month = columns.findIndex(({ label, past }) => label === this.#toolbar.wish.get("month") || (!this.#toolbar.wish.get("month") && !past));
    this.#hand.startAt(node, Math.max(0, month));
    this.#sheet.drawn.then(() => document.activeElement === document.body && this.#hand.back());
  }

  #repaint() {
    if (!this.#scene.model) return;
    this.#scene.unsaved(this.#changes.unsaved);
    this.#sheet.repaint();
    this.#foot.selected(this.#hand.selection);
  }

  #moved(lay) {
    this.#hand.keepWhile(lay);
    this.#hand.back();
  }

  /** Something else is to be looked at: false where changes are not saved yet. */
  #wished() {
    if (this.#changes.unsaved.length) {
      this.#notices.refused(this.#say("save_first"), this.#say("save_first_remedy"));
      return false;
    }
    this.#notices.quiet();
    this.#laying.fetch().then((fresh) => fresh && this.#hand.select(this.#hand.selection));
    return true;
  }

  #narrowed() {
    this.#laying.lay();
    if (this.#scene.model) this.#hand.startAt(0, this.#hand.selection.focus.column);
  }

  /** Another reason for the cell in hand, where it is one's own change. */
  #reword() {
    const mark = this.#foot.ownMark(this.#hand.selection);
    if (mark) this.#changes.reword(mark);
    else this.#notices.refused(this.#say("reword_none"));
  }

  #listen() {
    this.#element.addEventListener("keydown", (event) => this.#key(event));
    this.#foot.watch(this.#element, this.#frame);
    for (const name of ["copy", "cut", "paste"]) document.addEventListener(name, (event) => this.#clipboard(event));
    addEventListener("beforeunload", (event) => this.#changes.unsaved.length && event.preventDefault());
    for (const name of ["undo", "redo", "comment", "why", "help", "reword"])
      by(`grid-${name}`).addEventListener("click", () => {
        this.#deeds[name === "reword" ? "reason" : name]();
        if (name === "undo" || name === "redo") this.#hand.back();
      });
  }

  #key(event) {
    if (event.defaultPrevented || this.#hand.typing || !this.#scene.rows.length) return;
    const found = deedOf(event, this.#hand.selection, { rows: this.#scene.rows.length, columns: this.#scene.columns.length, page: this.#sheet.page });
    if (!found) return;
    event.preventDefault();
    this.#deeds[found.deed](found.with);
  }

  #clipboard(event) {
    if (document.activeElement !== this.#element || !this.#scene.rows.length) return;
    event.preventDefault();
    const { selection } = this.#hand;
    if (event.type === "paste") return this.#changes.change(pasted(this.#scene, selection, event.clipboardData.getData("text/plain"), this.#copied));
    this.#copied = copied(this.#scene, selection);
    event.clipboardData.setData("text/plain", this.#copied.text);
    this.#notices.told(this.#say("copied", { count: placesOf(rectangle(selection)).length }));
    if (event.type === "cut") this.#changes.change(cleared(this.#scene, selection));
  }
}

new Planning().start();
