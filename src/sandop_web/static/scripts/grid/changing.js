// What somebody changes, from the cells to the server's word: painted at once, given a reason, saved, taken back; a
// total is looked through before it is saved.
import { Reasons } from "./reasons.js";
import { Saves } from "./saving.js";
import { isTotal, Sharing } from "./sharing.js";
import { byHowMuch } from "./texts.js";

const MANY = 5000; // cells of one change, as many as the server takes
const by = (id) => document.getElementById(id);

export class Changing {
  #page;
  #heard;
  #saves;
  #reasons;
  #sharing;
  #last = "";
  #canUndo = false;

  /**
   * @param {{root, scene, side, notices, talking, say, save}} page save(name, request): Promise of {status, said}
   * @param {{repainted, fetched, covered, back}} heard repainted(); fetched(): Promise of fresh numbers; covered(selection):
   *   what a paste has touched; back(): the keys are the grid's again
   */
  constructor(page, heard) {
    this.#page = page;
    this.#heard = heard;
    this.#reasons = new Reasons(by("grid-reason"), { given: (why, then) => this.#reasoned(why, then), dropped: () => this.#drop(), left: heard.back });
    this.#sharing = new Sharing(page.scene, page.side, {
      ask: (wish) => page.save("spread", { edits: this.#saves.wanted, ...wish }),
      shared: (sharing, patch) => this.#saves.shared(sharing, patch),
      save: (why) => this.#release(why),
      drop: () => this.#drop(),
    });
    this.#saves = new Saves(null, page.save, {
      painted: heard.repainted,
      held: () => this.#held(),
      saved: (answer, batch) => this.#saved(answer, batch),
      refused: (answer) => page.notices.refused(answer.refusal, answer.remedy),
      moved: (answer, batch, later) => this.#moved(answer, batch, later),
      unheard: () => page.notices.refused(page.say("unheard"), page.say("unheard_remedy"), true),
    });
  }

  /** Cells that are painted, but not saved. */
  get unsaved() {
    return this.#saves.unsaved.flat();
  }

  /** Fresh numbers of the server. */
  taken(said) {
    this.#saves.model = this.#page.scene.model;
    this.#steps(said);
  }

  /** Take over what `editing` made of a gesture; false where it is looked through before it is saved. */
  change(gesture) {
    this.#take(gesture);
    return !this.#saves.looked;
  }

  #take({ cells, locked, lock, fault, covered }) {
    const { notices, say, scene } = this.#page;
    if (fault) return notices.refused(say("not_a_number", { text: fault.text.slice(0, 40), name: this.#nameAt(fault) }), say("nothing_changed"));
    if (cells.length > MANY) return notices.refused(say("too_many", { count: MANY }), say("nothing_changed"));
    if (!cells.length && locked) return notices.refused(lock || say("all_locked"));
    notices.quiet();
    if (locked) notices.told(say("some_locked", { count: locked }), true);
    if (covered) this.#heard.covered(covered);
    const block = covered && cells.length > 1; // a pasted block says its rows itself, and is taken back with one key
    this.#saves.add(cells, "", !block && cells.some((cell) => isTotal(scene.model, cell)));
    if (this.#saves.looked) this.#sharing.show(this.#saves.looked.cells, this.#saves.why);
    else if (this.#saves.wantsReason) this.#reasons.ask();
  }

  undo() {
    this.#saves.undo();
  }

  redo() {
    this.#saves.redo();
  }

  /** Send again what nobody answered. */
  again() {
    this.#saves.next();
  }

  /** Another reason for a change: of the last one, or of the one that a mark names. The one before stays on record. */
  reword(mark = null) {
    const batch = mark ? mark.batch : this.#last;
    if (batch) this.#reasons.ask((why) => this.#amend(batch, why), mark?.why ?? "");
    else this.#reasons.ask();
  }

  async #amend(batch, why) {
    const { notices, say, scene, save } = this.#page;
    const answer = await save("amend", { batch, why }).catch(() => null);
    if (answer?.status !== 200) return notices.refused(answer?.said.refusal ?? say("unheard"), answer?.said.remedy ?? say("unheard_remedy"));
    scene.marks.reworded(answer.said);
    if (batch === this.#last) this.#saves.why = why;
    notices.told(say("reworded"));
    this.#heard.repainted();
  }

  #nameAt({ row, column }) {
    const { scene } = this.#page;
    const line = scene.rows[row];
    return scene.named(line.measure, line.node, scene.columns[column].label);
  }

  #reasoned(why, then) {
    if (then) return then(why);
    if (this.#saves.looked) return this.#release(why);
    this.#saves.why = why;
    this.#saves.next();
  }

  #release(why) {
    this.#saves.release(why);
    this.#sharing.done();
    this.#heard.back();
  }

  #drop() {
    this.#saves.drop();
    this.#sharing.done();
    this.#page.notices.told(this.#page.say("dropped"));
    this.#heard.back();
  }

  #held() {
    const waiting = this.#saves.unsaved.length > 0;
    if (this.#sharing.open && !this.#saves.looked) this.#sharing.done();
    this.#reasons.waiting(this.#saves.wantsReason);
    this.#page.root.classList.toggle("saving", waiting && !this.#saves.wantsReason && !this.#saves.looked);
    by("grid-undo").disabled = !waiting && !this.#canUndo;
  }

  #steps({ undo, redo }) {
    this.#canUndo = undo.can;
    by("grid-undo").disabled = !undo.can;
    by("grid-redo").disabled = !redo.can;
    by("grid-undo").title = undo.text;
    by("grid-redo").title = redo.text;
  }

  #saved(answer, { name }) {
    const { scene, notices, say } = this.#page;
    this.#last = name === "edit" ? answer.batch : "";
    scene.marks.marked(answer.marks);
    this.#steps(answer);
    const share = byHowMuch(answer.before_total, answer.after_total);
    const count = answer.cells;
    const told = name === "edit" ? say(share ? "saved_by" : "saved", { count, share }) : say(`${name}_done`, { count });
    notices.told([told, answer.pending].filter(Boolean).join(" · "), name !== "edit" || count > 1 || Boolean(answer.pending), Boolean(this.#last));
    if (name !== "edit" && !this.#saves.unsaved.length) this.#heard.fetched(); // the server knows which marks are left
  }

  /** Somebody was quicker: both numbers beside each other, on fresh ground. */
  async #moved({ moved, refusal, remedy }, batch, later) {
    const { notices, side, talking } = this.#page;
    await this.#heard.fetched();
    notices.refused(refusal, remedy);
    talking.conflict(moved, batch.cells, (cells) => {
      notices.quiet();
      side.close();
      this.#saves.add(cells, batch.why);
      later.forEach((wait) => this.#saves.add(wait.cells, wait.why));
    });
  }
}
