// The command palette: Ctrl/Cmd+K, a few letters, Enter. Without this script the same search is a page.
const WAIT = 120; // milliseconds without a key before the server is asked

const dialog = document.getElementById("palette");
const field = dialog?.querySelector("input");
const found = dialog?.querySelector(".found");
let waiting = 0;
let asked = 0;

const options = () => [...found.querySelectorAll("[role=option]")];

function choose(option) {
  options().forEach((each) => each.setAttribute("aria-selected", String(each === option)));
  field.setAttribute("aria-activedescendant", option?.id ?? "");
  option?.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = options();
  const now = all.findIndex((each) => each.getAttribute("aria-selected") === "true");
  if (all.length) choose(all[(now + by + all.length) % all.length]);
}

/** Ask the server and show what it found; an answer that comes after a newer question is thrown away. */
async function ask() {
  const question = ++asked;
  const address = new URL(field.form.action);
  address.search = new URLSearchParams({ ...kept(), q: field.value });
  const answer = await fetch(address, { headers: { "X-Palette": "1" }, credentials: "same-origin" });
  if (question !== asked || !answer.ok) return;
  found.innerHTML = await answer.text();
  choose(options()[0]);
}

/** What the reader looks at stays: version, family, region of the page they are on. */
function kept() {
  const here = new URLSearchParams(location.search);
  return Object.fromEntries(["version", "family", "region"].filter((name) => here.get(name)).map((name) => [name, here.get(name)]));
}

export function openPalette() {
  if (!dialog || dialog.open) return;
  dialog.showModal();
  field.select();
  ask();
}

if (dialog) {
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      openPalette();
    }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-palette]") && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      openPalette();
    } else if (event.target === dialog) dialog.close();
  });
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, WAIT);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault(); // a search field would only empty itself
      dialog.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    }
  });
  field.form.addEventListener("submit", (event) => {
    const chosen = found.querySelector("[aria-selected=true]");
    if (!chosen) return;
    event.preventDefault();
    location.assign(chosen.href);
  });
}
