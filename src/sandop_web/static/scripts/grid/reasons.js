// The reason of a change: asked for before the first save, kept for those that follow, changeable at any time.

export class Reasons {
  #form;
  #field;
  #drop;
  #asking = null;

  /**
   * @param {HTMLFormElement} form
   * @param {{given, dropped, left}} heard given(why): for all that waits and follows; dropped(); left(): back to the grid
   */
  constructor(form, heard) {
    this.#form = form;
    this.#field = form.querySelector("input[type=text]");
    this.#drop = form.querySelector("#grid-drop");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#give(heard);
    });
    this.#drop.addEventListener("click", () => {
      heard.dropped();
      heard.left();
    });
    this.#field.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.#asking = null;
      heard.left();
    });
  }

  /** Ask for a reason, with the one that holds to begin from; `then` takes it once, instead of those who hear every one. */
  ask(then = null, text = "") {
    this.#asking = then;
    if (text) this.#field.value = text;
    this.#form.hidden = false;
    this.#field.focus();
    this.#field.select();
  }

  /** Show that so many cells wait for their reason. */
  waiting(some) {
    this.#form.classList.toggle("wanted", some);
    this.#drop.hidden = !some;
    this.#field.setAttribute("aria-invalid", String(some));
  }

  #give(heard) {
    const why = this.#field.value.trim();
    if (!why) return this.#field.focus();
    const asking = this.#asking;
    this.#asking = null;
    heard.given(why, asking);
    heard.left();
  }
}
