// The side panel: a page opened beside the one being read, so that nobody loses their place. A link that carries
// `data-beside` opens there; with a modifier key, or without this script, it is a link like any other.
const panel = () => document.getElementById("beside");
let opener = null;

/** Open the address in the side panel; focus returns to `from` when it closes. Reports "beside" on the document. */
export async function openBeside(address, from = document.activeElement) {
  const place = panel();
  if (!place) return location.assign(address);
  if (!place.contains(from)) opener = from;
  place.setAttribute("aria-busy", "true");
  place.hidden = false;
  const answer = await fetch(address, { headers: { "X-Beside": "1" }, credentials: "same-origin" });
  if (answer.redirected && !answer.headers.get("X-Beside")) return location.assign(address);
  place.querySelector(".content").innerHTML = await answer.text();
  place.querySelector(".whole").href = address;
  place.removeAttribute("aria-busy");
  place.focus();
  document.dispatchEvent(new CustomEvent("beside", { detail: place }));
}

/** Close the side panel and go back to where the reader was. */
export function closeBeside() {
  const place = panel();
  if (!place || place.hidden) return;
  place.hidden = true;
  place.querySelector(".content").replaceChildren();
  opener?.focus?.();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-beside]");
  if (link && !event.metaKey && !event.ctrlKey && !event.shiftKey && event.button === 0) {
    event.preventDefault();
    openBeside(link.href, link);
  } else if (event.target.closest("#beside .close")) closeBeside();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented) closeBeside();
});
