// What to look at: view, measures, rows, unit, periods, filters. All of it is kept in the address of the page.
import { made } from "./side.js";

const FILTERS = ["customer"]; // family and region are chosen in the bar above every page

export class Toolbar {
  #form = document.getElementById("grid-wish");
  #heard;
  #filled = new Set();

  /**
   * @param {object} scene told what to narrow the rows to
   * @param {{wished, summed, narrowed, choices, left}} heard wished(): fetch anew; summed(how): months, quarters or years;
   *   narrowed(): other rows; choices(level): Promise of [label, name] pairs for a filter; left(): back to the grid
   */
  constructor(scene, heard) {
    this.#heard = heard;
    this.wish = new URLSearchParams(location.search);
    this.#narrow(scene);
    this.how = this.#form.elements.period.value || "months";
    this.#form.addEventListener("submit", (event) => event.preventDefault());
    this.#form.addEventListener("change", ({ target }) => this.#changed(target));
    for (const [id, name] of [["grid-earlier", "earlier"], ["grid-later", "later"]])
      document.getElementById(id).addEventListener("click", ({ currentTarget }) => this.#go({ from: currentTarget.dataset.from }, name));
    document.addEventListener("click", ({ target }) => {
      for (const choice of this.#form.querySelectorAll("details[open]")) if (!choice.contains(target)) choice.open = false;
    });
    this.#form.addEventListener("keydown", (event) => {
      const choice = event.key === "Escape" && event.target.closest("details[open]");
      if (!choice) return;
      choice.open = false;
      choice.querySelector("summary").focus();
      event.stopPropagation();
    });
  }

  /** What narrows the rows that are there already: a search, the worst first, the changed ones only. */
  #narrow(scene) {
    const search = document.getElementById("grid-search");
    scene.search = search.value = this.wish.get("find") ?? "";
    search.addEventListener("input", () => {
      scene.search = search.value;
      this.#keep({ find: search.value });
      this.#heard.narrowed();
    });
    search.addEventListener("keydown", (event) => (event.key === "Enter" || event.key === "Escape") && (event.preventDefault(), this.#heard.left()));
    for (const [name, wish] of [["worst", "worstFirst"], ["changed", "changedOnly"]]) {
      const check = document.getElementById(`grid-${name}`);
      scene[wish] = check.checked = this.wish.get(name) === "1";
      check.addEventListener("change", () => {
        scene[wish] = check.checked;
        this.#keep({ [name]: check.checked ? "1" : "" });
        this.#heard.narrowed();
      });
    }
  }

  /** The part of the address that says what is shown. */
  get query() {
    return this.wish.toString();
  }

  /** Show what the answer offers and what of it is shown. */
  offered(answer) {
    const { offered, view, levels, measures, earlier, later } = answer;
    const select = this.#form.elements.view;
    select.replaceChildren(...offered.views.map(({ id, title }) => new Option(title, id, id === view, id === view)));
    this.#checks("measures", offered.measures, measures);
    this.#checks("levels", offered.levels, levels);
    for (const level of FILTERS) this.#form.elements[level].hidden = !offered.levels.some(({ id }) => id === level) && !this.wish.get(level);
    for (const [id, from] of [["grid-earlier", earlier], ["grid-later", later]]) {
      const button = document.getElementById(id);
      button.hidden = !from;
      button.dataset.from = from;
    }
    for (const link of document.querySelectorAll("[data-plain]")) link.href = `${link.dataset.plain}?${this.query}`;
  }

  #checks(name, all, shown) {
    const chosen = new Set(shown.map(({ id }) => id));
    const group = document.querySelector(`#grid-${name} fieldset`);
    const held = group.contains(document.activeElement) ? document.activeElement.value : "";
    const checks = all.map(({ id, title }) => {
      const check = made("input", { type: "checkbox", name, value: id });
      check.checked = chosen.has(id);
      return made("label", { class: "check" }, check, ` ${title}`);
    });
    group.replaceChildren(group.firstElementChild, ...checks);
    if (held) group.querySelector(`[value="${CSS.escape(held)}"]`)?.focus();
  }

  #changed({ form, name, value }) {
    if (form !== this.#form) return;
    if (name === "period") {
      this.how = value;
      this.#keep({ period: value });
      this.#heard.summed(value);
    } else if (name === "measures" || name === "levels") {
      const chosen = [...this.#form.querySelectorAll(`[name=${name}]:checked`)].map((check) => check.value);
      if (chosen.length) this.#go({ [name]: chosen.join(",") });
    } else if (name === "view") this.#go({ view: value, measures: "", levels: "" });
    else if (name) this.#go({ [name]: value });
  }

  #go(wishes) {
    const before = new URLSearchParams(this.wish);
    this.#keep(wishes);
    if (this.#heard.wished() !== false) return;
    this.wish = before;
    this.#keep({});
  }

  #keep(wishes) {
    for (const [name, value] of Object.entries(wishes)) value ? this.wish.set(name, value) : this.wish.delete(name);
    history.replaceState(history.state, "", this.query ? `?${this.query}` : location.pathname);
  }

  /** Fill the filters that the view offers, once. */
  async fillFilters() {
    for (const level of FILTERS) {
      const select = this.#form.elements[level];
      if (!select.hidden && !this.#filled.has(level)) await this.#fill(select, level);
    }
  }

  async #fill(select, level) {
    this.#filled.add(level);
    const pairs = await this.#heard.choices(level);
    const held = select.value;
    select.replaceChildren(new Option(select.dataset.every, ""), ...pairs.map(([label, name]) => new Option(name, label, false, label === held)));
  }
}
