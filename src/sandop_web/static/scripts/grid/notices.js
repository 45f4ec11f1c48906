// What the page says of itself: a short notice after a large change, trouble with its remedy, and a voice for those who listen.

const SHOWN = 12_000; // milliseconds that a notice stays; what it says stays in the marks

export class Notices {
  #toast = document.getElementById("grid-toast");
  #trouble = document.getElementById("grid-trouble");
  #leaving = 0;
  #live = document.getElementById("grid-live");

  /** @param {{undo, reason, again, left}} heard what the buttons ask for */
  constructor(heard) {
    const pressed = (box) => (event) => {
      const wish = event.target.closest("[data-do]")?.dataset.do;
      if (!wish) return;
      box.hidden = true;
      heard[wish]?.();
      if (wish !== "reason") heard.left();
    };
    this.#toast.addEventListener("click", pressed(this.#toast));
    this.#trouble.addEventListener("click", pressed(this.#trouble));
  }

  /** Say it aloud and, where `shown`, in a notice with ways on; `reasoned` where there is a reason to be changed. */
  told(text, shown = false, reasoned = false) {
    this.#live.textContent = "";
    requestAnimationFrame(() => {
      this.#live.textContent = text;
    });
    this.#toast.hidden = !shown;
    this.#toast.querySelector("[data-do=reason]").hidden = !reasoned;
    clearTimeout(this.#leaving);
    if (shown) this.#leaving = setTimeout(() => this.#leave(), SHOWN);
    if (shown) this.#toast.querySelector(".told").textContent = text;
    this.#trouble.hidden = true;
  }

  #leave() {
    if (this.#toast.matches(":hover, :focus-within")) this.#leaving = setTimeout(() => this.#leave(), SHOWN);
    else this.#toast.hidden = true;
  }

  /** Say what was refused, which rule, and who can lift it. */
  refused(refusal, remedy = "", again = false) {
    this.#toast.hidden = true;
    this.#trouble.hidden = false;
    this.#trouble.querySelector(".told").textContent = refusal;
    this.#trouble.querySelector(".remedy").textContent = remedy;
    this.#trouble.querySelector("[data-do=again]").hidden = !again;
  }

  /** Nothing to say any more. */
  quiet() {
    this.#toast.hidden = true;
    this.#trouble.hidden = true;
  }
}
