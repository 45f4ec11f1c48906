// The field that lies over a cell while somebody types into it.
import { understood } from "./arithmetic.js";

const MOVES = { Enter: [1, 0], Tab: [0, 1] };
const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export class Typing {
  #field;
  #fault;
  #heard;
  #now = NaN;
  #quick = false;

  /**
   * @param {HTMLInputElement} field
   * @param {HTMLElement} fault where what cannot be understood is said
   * @param {{entered, left, faulty}} heard entered(text, step, all): for the cell in hand, or for all
   *   selected cells; then on by a step; left(back): the field is closed, back to the grid; faulty(kind) gives the sentence for a fault
   */
  constructor(field, fault, heard) {
    this.#field = field;
    this.#fault = fault;
    this.#heard = heard;
    field.addEventListener("keydown", (event) => this.#key(event));
    field.addEventListener("input", () => this.#calm());
    field.addEventListener("blur", () => this.busy && this.#abandoned());
  }

  /** Whether somebody is typing. */
  get busy() {
    return !this.#field.hidden;
  }

  /**
   * Open the field over a cell.
   * @param {DOMRect} box where the cell is, from the field's own frame
   * @param {{now: number, text: string, quick: boolean, label: string}} cell quick: typing began with a key, so that arrows leave
   */
  open(box, { now, text, quick, label }) {
    this.#now = now;
    this.#quick = quick;
    this.#field.hidden = false;
    this.place(box);
    this.#field.value = text;
    this.#field.setAttribute("aria-label", label);
    this.#calm();
    this.#field.focus({ preventScroll: true });
    if (quick) this.#field.setSelectionRange(text.length, text.length);
    else this.#field.select();
  }

  /** Follow the cell when the grid scrolls. */
  place({ left, top, width, height }) {
    Object.assign(this.#field.style, { left: `${left}px`, top: `${top}px`, width: `${Math.max(width, 84)}px`, height: `${height}px` });
    Object.assign(this.#fault.style, { left: `${left}px`, top: `${top + height}px` });
  }

  #key(event) {
    if (event.isComposing) return;
    if (event.key === "Escape") this.#close(event);
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.#enter([0, 0], event, true);
    else if (event.key in MOVES) this.#enter(MOVES[event.key].map((step) => (event.shiftKey ? -step : step)), event);
    else if (this.#quick && event.key in ARROWS) this.#enter(ARROWS[event.key], event);
    else if (event.key === "F2") this.#quick = !this.#quick;
    event.stopPropagation();
  }

  #enter(step, event, all = false, back = true) {
    event?.preventDefault();
    const text = this.#field.value;
    const meant = understood(text, this.#now);
    if ("fault" in meant && !all) return this.#complain(meant.fault);
    if (all && "fault" in understood(text, 1)) return this.#complain("number");
    this.#close(null, back);
    this.#heard.entered(text, step, all);
  }

  /** A click elsewhere enters what can be understood; what cannot is let go. */
  #abandoned() {
    if ("fault" in understood(this.#field.value, this.#now)) this.#close(null, false);
    else this.#enter([0, 0], null, false, false);
  }

  #close(event, back = true) {
    event?.preventDefault();
    this.#field.hidden = true;
    this.#calm();
    this.#heard.left(back);
  }

  #complain(fault) {
    this.#field.setAttribute("aria-invalid", "true");
    this.#fault.textContent = this.#heard.faulty(fault);
    this.#fault.hidden = false;
    this.#field.focus({ preventScroll: true });
  }

  #calm() {
    this.#field.removeAttribute("aria-invalid");
    this.#fault.hidden = true;
  }
}
