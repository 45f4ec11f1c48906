// Views that a person keeps under a name: what the address asks for, a press away.
import { made } from "./side.js";

const by = (id) => document.getElementById(id);

export class KeptViews {
  #page;
  #list = by("grid-kept-list");
  #form = by("grid-keep");

  /** @param {{say, notices, toolbar, save}} page save(name, request): Promise of {status, said} */
  constructor(page) {
    this.#page = page;
    this.#show(JSON.parse(by("grid-kept-views").textContent));
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      const name = this.#form.elements.called.value.trim();
      if (name) this.#ask("keep", { name, query: page.toolbar.query });
    });
  }

  #show(views) {
    const { say } = this.#page;
    const lines = views.map(({ number, name, query }) => {
      const forget = made("button", { type: "button", class: "button quiet", "aria-label": say("forget", { name }), title: say("forget", { name }) }, "×");
      forget.addEventListener("click", () => this.#ask("forget", { view: number }));
      return made("li", { class: "row apart" }, made("a", { href: `?${query}` }, name), forget);
    });
    this.#list.replaceChildren(...lines);
  }

  async #ask(name, request) {
    const { say, notices, save } = this.#page;
    const answer = await save(name, request).catch(() => null);
    if (answer?.status !== 200) return notices.refused(answer?.said.refusal ?? say("unheard"), answer?.said.remedy ?? say("unheard_remedy"));
    this.#show(answer.said.kept);
    this.#form.reset();
    notices.told(say(name === "keep" ? "kept" : "forgotten"));
  }
}
