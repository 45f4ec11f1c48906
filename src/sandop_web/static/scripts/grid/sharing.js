// A total that is shared out, seen before it is saved: which rows get how much, by what key, and which of them keep
// what they hold. The server works it out by the rule by which it will save.
import { nameOf } from "./columns.js";
import { made } from "./side.js";
import { byHowMuch, written } from "./texts.js";

/** Whether a number typed there is shared out over several rows of the plan. */
export function isTotal(model, { measure, node }) {
  const { over_rows: overRows, override } = model.measures.get(measure);
  return overRows === "sum" && !override && model.below[node] > 1;
}

export class Sharing {
  #scene;
  #side;
  #heard;
  #asked = 0;
  #wish = null;
  #parts = null;
  #decimals = 0;

  /**
   * @param {object} scene
   * @param {object} side the panel
   * @param {{ask, shared, save, drop}} heard ask(wish): Promise of {status, said}; shared(wish, patch): paint it;
   *   save(why); drop()
   */
  constructor(scene, side, heard) {
    this.#scene = scene;
    this.#side = side;
    this.#heard = heard;
  }

  /** Whether the panel is open. */
  get open() {
    return this.#wish !== null;
  }

  /** Show what becomes of these cells; `why` is the reason given before. Shown already, it is worked out anew. */
  async show(cells, why) {
    const fresh = !this.#wish;
    if (fresh) this.#lay(cells, why);
    this.#decimals = this.#scene.decimals((cells.find((cell) => isTotal(this.#scene.model, cell)) ?? cells[0]).measure);
    this.#parts.summary.textContent = this.#summary(cells);
    await this.#ask();
  }

  /** Nothing waits any more: the panel closes without a word. */
  done() {
    if (!this.#wish) return;
    this.#wish = null;
    this.#side.close();
  }

  #lay(cells, why) {
    const { say } = this.#scene;
    this.#wish = { by: "current", kept: new Map(), level: "" };
    const field = made("input", { type: "text", id: "grid-share-why", maxlength: "500", autocomplete: "off", required: "" });
    field.value = why;
    const save = made("button", { class: "button primary" }, say("share_save"));
    const drop = made("button", { type: "button", class: "button" }, say("share_drop"));
    const form = made("form", { class: "share-form" }, made("label", { for: "grid-share-why" }, say("share_why")), field, made("p", { class: "row" }, save, drop));
    const parts = { field, save, summary: made("p", { class: "share-total" }), keys: made("fieldset", { class: "share-keys" }), told: made("div", { class: "share-rows" }), fault: made("p", { class: "finding error", role: "alert", hidden: "" }) };
    this.#parts = parts;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (field.value.trim() && !save.disabled) this.#heard.save(field.value.trim());
    });
    drop.addEventListener("click", () => this.#heard.drop());
    this.#side.open(say("share_title"), [parts.summary, parts.keys, parts.fault, parts.told, form], why ? save : field, () => this.#left());
  }

  /** Closed, or something else is shown in its place: what was not saved is given up. */
  #left() {
    if (!this.#wish) return;
    this.#wish = null;
    this.#heard.drop();
  }

  /** "Domestic pumps · Winding, Jan 26", or how many totals there are. */
  #summary(cells) {
    const { model, say } = this.#scene;
    const totals = cells.filter((cell) => isTotal(model, cell));
    const [first] = totals;
    if (totals.length !== 1) return say("share_many", { count: totals.length });
    return `${nameOf(model, first.node)} · ${model.measures.get(first.measure).title} · ${model.periods[first.period].title}`;
  }

  async #ask() {
    const asked = ++this.#asked;
    const { told, fault, save } = this.#parts;
    told.setAttribute("aria-busy", "true");
    const { by, kept, level } = this.#wish;
    const answer = await this.#heard.ask({ by, kept: [...kept.values()], level }).catch(() => null);
    if (asked !== this.#asked || !this.#wish) return;
    told.removeAttribute("aria-busy");
    const good = answer?.status === 200;
    fault.hidden = good;
    save.disabled = !good && answer !== null; // nobody answered: saving says so, and can be tried again
    if (!good) fault.textContent = answer ? `${answer.said.refusal}. ${answer.said.remedy}` : this.#scene.say("unheard");
    else this.#tell(answer.said);
  }

  #tell(said) {
    const { say } = this.#scene;
    this.#heard.shared({ by: this.#wish.by, kept: [...this.#wish.kept.values()] }, said.patch);
    const change = byHowMuch(said.before_total, said.after_total);
    const figures = said.after_total === null && said.before_total === null ? "" : `${this.#number(said.before_total)} → ${this.#number(said.after_total)}${change ? ` · ${change}` : ""}`;
    const [line, numbers] = [this.#parts.summary.firstChild?.textContent ?? "", made("strong", {}, figures)];
    this.#parts.summary.replaceChildren(line, made("br"), numbers, ` ${say("share_among", { count: said.rows })}`);
    this.#keys(said);
    const held = document.activeElement?.dataset?.keep;
    this.#parts.told.replaceChildren(...this.#levels(said), this.#table(said));
    if (held) this.#parts.told.querySelector(`[data-keep="${CSS.escape(held)}"]`)?.focus();
  }

  #keys({ keys, by }) {
    const { say } = this.#scene;
    if (this.#parts.keys.childElementCount > 1) return;
    const choices = keys.map(({ id, title }) => {
      const choice = made("input", { type: "radio", name: "share-by", value: id });
      choice.checked = id === by;
      choice.addEventListener("change", () => this.#again({ by: id }));
      return made("label", { class: "check" }, choice, ` ${title}`);
    });
    this.#parts.keys.replaceChildren(made("legend", {}, say("share_by")), ...choices);
  }

  #levels({ levels, level }) {
    if (levels.length < 2) return [];
    const buttons = levels.map(({ id, title }) => {
      const button = made("button", { type: "button", "aria-pressed": String(id === level) }, title);
      button.addEventListener("click", () => this.#again({ level: id }));
      return button;
    });
    return [made("p", { class: "segments", role: "group", "aria-label": this.#scene.say("share_level") }, ...buttons)];
  }

  #again(wish) {
    Object.assign(this.#wish, wish);
    this.#ask();
  }

  #table(said) {
    const { say } = this.#scene;
    const basis = said.lines.some((line) => line.basis !== null);
    const title = said.keys.find(({ id }) => id === said.by)?.title ?? "";
    const heads = [say("share_row"), ...(basis ? [title] : []), say("share_now"), say("share_new"), say("share_change"), say("share_keep")];
    const head = heads.map((text, place) => made("th", { scope: "col", ...(place && place < heads.length - 1 ? { class: "number" } : {}) }, text));
    const rows = said.lines.map((line) => this.#line(line, said, basis));
    const more = said.more ? [made("p", { class: "muted" }, say("share_more", { count: said.more }))] : [];
    const table = made("table", { class: "grid" }, made("caption", { class: "unseen" }, say("share_title")), made("thead", {}, made("tr", {}, ...head)), made("tbody", {}, ...rows));
    return made("div", { class: "scroll" }, table, ...more);
  }

  #line(line, said, basis) {
    const numbers = [...(basis ? [line.basis] : []), line.before, line.after].map((value) => made("td", { class: "number" }, this.#number(value)));
    const change = made("td", { class: "number" }, byHowMuch(line.before, line.after) || "–");
    const keep = made("input", { type: "checkbox", "data-keep": line.label, "aria-label": this.#scene.say("share_keep_row", { name: line.name }) });
    keep.checked = line.kept;
    keep.addEventListener("change", () => this.#keep(said.level, line.label, keep.checked));
    const id = line.label === line.name ? [] : [made("span", { class: "muted" }, ` ${line.label}`)];
    return made("tr", line.kept ? { class: "kept" } : {}, made("th", { scope: "row" }, line.name, ...id), ...numbers, change, made("td", {}, keep));
  }

  #keep(level, label, wanted) {
    const place = JSON.stringify([level, label]);
    if (wanted) this.#wish.kept.set(place, { [level]: label });
    else this.#wish.kept.delete(place);
    this.#ask();
  }

  #number(value) {
    return value === null ? this.#scene.say("blank") : written(value, this.#decimals);
  }
}
