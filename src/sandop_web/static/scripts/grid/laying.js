// Numbers fetched and laid out: which rows and columns are on the page, down to which level they are open.
import { modelOf } from "./columns.js";
import { Marks } from "./marks.js";
import { gridColumns, shapeOf } from "./painting.js";
import { made } from "./side.js";

const NARROW = 1000; // pixels of the frame below which columns are narrower
const by = (id) => document.getElementById(id);

export class Laying {
  #page;
  #heard;
  #shape = "";
  #asked = 0;

  /**
   * @param {{element, frame, scene, sheet, server, toolbar, foot, notices, say}} page
   * @param {{taken, repainted, moved}} heard taken(answer): fresh numbers are there; repainted(); moved(lay): rows come and
   *   go while the cell in hand stays
   */
  constructor(page, heard) {
    this.#page = page;
    this.#heard = heard;
  }

  /** Fetch what the address asks for and show it; true where it came, and nothing newer was asked for meanwhile. */
  async fetch() {
    const { element, server, toolbar } = this.#page;
    const asked = ++this.#asked;
    element.setAttribute("aria-busy", "true");
    const answer = await (asked === 1 ? server.first() : server.columns(toolbar.query)).catch(() => null);
    if (asked !== this.#asked) return false;
    element.removeAttribute("aria-busy");
    if (answer?.status !== 200) return this.#failed(answer?.said);
    this.#take(answer.said);
    return true;
  }

  #failed(said) {
    const { say, notices } = this.#page;
    by("grid-empty").textContent = said ? `${said.refusal} ${said.remedy}` : say("unheard");
    notices.refused(said?.refusal ?? say("unheard"), said?.remedy ?? say("unheard_remedy"));
    return false;
  }

  #take(said) {
    const { scene, toolbar, foot } = this.#page;
    scene.take(modelOf(said), new Marks(said));
    toolbar.offered(said);
    this.#heard.taken(said);
    this.#depths();
    const note = said.note || (said.editable ? "" : said.why_locked);
    Object.assign(by("grid-note"), { textContent: note, title: note, hidden: !note });
    foot.concluded();
    this.lay();
  }

  /** Columns and rows anew; columns only where they are others, for RevoGrid then begins again. */
  lay() {
    const { scene, sheet, toolbar, frame, say } = this.#page;
    if (!scene.model) return;
    scene.lay(toolbar.how);
    const narrow = frame.clientWidth < NARROW;
    const shape = shapeOf(scene, narrow);
    if (shape !== this.#shape) sheet.columns(gridColumns(scene, narrow));
    this.#shape = shape;
    sheet.rows(scene.rows);
    const none = scene.rows.length === 0 || (scene.model.count <= 1 && !scene.model.periods.length) || (scene.search && !scene.rows.some(({ node }) => node));
    by("grid-empty").textContent = say(scene.search || scene.changedOnly ? "nothing_found" : "no_rows");
    by("grid-empty").hidden = !none;
    this.#heard.repainted();
  }

  /** Open a node or close it; `wanted` says which, else it is turned over. */
  toggle(node, wanted = null) {
    const { scene } = this.#page;
    if (wanted !== null && Boolean(scene.open[node]) === wanted) return;
    scene.toggle(node);
    this.#heard.moved(() => this.lay());
  }

  /** A button for each level: the rows open down to it. */
  #depths() {
    const { scene } = this.#page;
    const buttons = scene.model.levels.map(({ title }, depth) => {
      const button = made("button", { type: "button" }, title);
      button.addEventListener("click", () => {
        scene.openTo(depth + 1);
        this.#heard.moved(() => this.lay());
      });
      return button;
    });
    by("grid-depth").replaceChildren(...buttons);
  }

  /** Labels of a level with their names, for a filter. */
  async labels(level) {
    const { scene, server } = this.#page;
    const wish = new URLSearchParams({ view: scene.model.view, levels: level, measures: [...scene.model.measures.keys()][0], periods: "1" });
    const { status, said } = await server.columns(wish);
    return status === 200 ? said.nodes.label.map((label, node) => [label, said.nodes.name[node]]).filter((_, node) => said.nodes.level[node] === 1) : [];
  }
}
