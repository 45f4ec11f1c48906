// What somebody typed is not lost where the rules refuse it: it is kept in this window until the form is taken, and
// filled in again when they come back. Passwords and files are never kept.
const KEPT = "typed";
const SKIPPED = new Set(["hidden", "password", "file", "submit", "button"]);

const fields = (form) => [...form.elements].filter((field) => field.name && !SKIPPED.has(field.type));

/** What the form holds: [name, value, ticked] of each field, in order. */
const held = (form) => fields(form).map(({ name, value, checked }) => [name, value, Boolean(checked)]);

function keep(form) {
  const entry = { page: location.pathname + location.search, action: form.action, held: held(form) };
  sessionStorage.setItem(KEPT, JSON.stringify(entry));
}

function fillAgain({ action, held: kept }) {
  const form = [...document.forms].find((each) => each.action === action && each.method === "post");
  if (!form) return;
  const waiting = [...kept];
  for (const field of fields(form)) {
    const at = waiting.findIndex(([name, value]) => name === field.name && (!ticks(field) || value === field.value));
    if (at < 0) continue;
    const [[, value, checked]] = waiting.splice(at, 1);
    if (ticks(field)) field.checked = checked;
    else field.value = value;
  }
  form.closest("details")?.setAttribute("open", "");
}

const ticks = ({ type }) => type === "checkbox" || type === "radio";

const refused = document.querySelector(".refused");
const entry = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
if (entry && !refused) {
  if (entry.refused && entry.page === location.pathname + location.search) fillAgain(entry);
  sessionStorage.removeItem(KEPT);
} else if (entry) sessionStorage.setItem(KEPT, JSON.stringify({ ...entry, refused: true }));

document.addEventListener("submit", ({ target, defaultPrevented }) => {
  if (!defaultPrevented && target.method === "post" && !target.querySelector("[type=password]")) keep(target);
});
