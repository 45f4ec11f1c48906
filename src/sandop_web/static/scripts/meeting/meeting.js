// Meeting mode: keys that move through the agenda, full screen, a quiet timer, and refusals said where one stands.

/** True where the key belongs to what is being typed or chosen, and not to the agenda. */
function typing(target) {
  return target instanceof Element && target.closest("input, textarea, select, button, summary, a[href], [contenteditable]") !== null;
}

/** The link before or after this point; null at either end. */
function neighbour(rel) {
  return document.querySelector(`.foot a[rel="${rel}"]`);
}

const KEYS = { ArrowRight: "next", PageDown: "next", " ": "next", ArrowLeft: "prev", PageUp: "prev" };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const arrows = event.key.startsWith("Arrow") || event.key.startsWith("Page");
  if (typing(event.target) && !(arrows && event.target.closest("a[href], button"))) return;
  const link = KEYS[event.key] && neighbour(KEYS[event.key]);
  if (link) {
    event.preventDefault();
    link.click();
  } else if (event.key.toLowerCase() === "f") {
    fullScreen();
  }
});

/** Into full screen and out of it again; pages are swapped inside it, so it lasts through the meeting. */
function fullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen().catch(() => {});
}

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-fullscreen]")) fullScreen();
});

/** Minutes and seconds since this meeting was first opened in this tab. */
function tick() {
  const timer = document.querySelector("[data-timer]");
  if (!timer) return;
  const key = `sandop-meeting-${timer.dataset.timer}`;
  const began = Number(sessionStorage.getItem(key)) || Date.now();
  sessionStorage.setItem(key, String(began));
  const minutes = Math.floor((Date.now() - began) / 60000);
  timer.textContent = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}
tick();
setInterval(tick, 10000);

/** A refusal is a page of its own; in the meeting its words are shown above the point, and what was typed stays. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.status < 400) return;
  event.detail.shouldSwap = false;
  const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
  const said = page.querySelector(".refused, [role=alert]:not([hidden])");
  const place = document.querySelector("[data-refused]");
  place.textContent = said ? [...said.querySelectorAll("h1, p:not(.row), strong")].map((each) => each.textContent.trim()).join(". ") || said.textContent : String(xhr.status);
  place.hidden = false;
  place.scrollIntoView({ block: "nearest" });
});

document.addEventListener("htmx:afterSettle", tick);
