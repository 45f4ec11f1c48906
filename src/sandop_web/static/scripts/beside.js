// The side panel: a page opened beside the one being read, so that nobody loses their place. A link that carries
// `data-beside` opens there; with a modifier key, or without this script, it is a link like any other. The browser's
// back button leads through what was opened, and its edge can be drawn.
const WIDTH = "beside-width";
const LEAST = 320; // pixels

const panel = () => document.getElementById("beside");
const depth = () => history.state?.beside?.depth ?? 0;
let opener = null;
let shown = 0;

/** Open the address in the side panel; focus returns to `from` when it closes. Reports "beside" on the document. */
export async function openBeside(address, from = document.activeElement) {
  const place = panel();
  if (!place) return location.assign(address);
  if (!place.contains(from)) opener = from;
  history.pushState({ ...history.state, beside: { address, depth: depth() + 1 } }, "");
  await show(address);
}

/** Close the side panel and go back to where the reader was. */
export function closeBeside() {
  const place = panel();
  if (!place || place.hidden) return;
  hide();
  if (depth()) history.go(-depth());
}

async function show(address) {
  const place = panel();
  const asked = ++shown;
  place.setAttribute("aria-busy", "true");
  place.hidden = false;
  const answer = await fetch(address, { headers: { "X-Beside": "1" }, credentials: "same-origin" });
  if (answer.redirected && !answer.headers.get("X-Beside")) return location.assign(address);
  const text = await answer.text();
  if (asked !== shown) return; // the reader has gone on
  place.querySelector(".content").innerHTML = answer.headers.get("X-Beside") ? text : pageOf(text);
  window.htmx?.process(place);
  place.querySelector(".whole").href = address;
  place.removeAttribute("aria-busy");
  place.scrollTop = 0;
  place.focus();
  document.dispatchEvent(new CustomEvent("beside", { detail: place }));
}

/** Of a whole page (a refusal, say) only what stands within its frame. */
function pageOf(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  return (page.getElementById("page") ?? page.body).innerHTML;
}

function hide() {
  const place = panel();
  shown += 1;
  place.hidden = true;
  place.removeAttribute("aria-busy");
  place.querySelector(".content").replaceChildren();
  opener?.focus?.();
}

/** The panel's edge follows the pointer; how wide it was is remembered in this browser. */
function drawable(place) {
  const edge = place.querySelector(".edge");
  const wide = (pixels) => (place.style.width = `${Math.min(Math.max(pixels, LEAST), innerWidth - 40)}px`);
  const before = Number(localStorage.getItem(WIDTH));
  if (before) wide(before);
  edge.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    edge.setPointerCapture(event.pointerId);
    const draw = ({ clientX }) => wide(innerWidth - clientX);
    edge.addEventListener("pointermove", draw);
    edge.addEventListener("pointerup", () => {
      edge.removeEventListener("pointermove", draw);
      localStorage.setItem(WIDTH, String(place.offsetWidth));
    }, { once: true });
  });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-beside]");
  if (link && !event.metaKey && !event.ctrlKey && !event.shiftKey && event.button === 0) {
    event.preventDefault();
    openBeside(link.href, link);
  } else if (event.target.closest("#beside .close")) closeBeside();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open]")) closeBeside();
});
addEventListener("popstate", () => {
  const place = panel();
  if (!place) return;
  if (history.state?.beside) show(history.state.beside.address);
  else if (!place.hidden) hide();
});
if (panel()) {
  drawable(panel());
  if (history.state?.beside) show(history.state.beside.address);
}
