// The frame: choosers of the context bar that choose at once, menus that close, messages that step aside.
const SEEN = 8000; // milliseconds that a message stays; one about trouble stays until it is closed

/** A chooser moved by the mouse shows at once; moved by the keyboard it waits for Enter, for every key moves it. */
function chooseAtOnce(form) {
  let pointed = false;
  form.classList.add("at-once");
  form.addEventListener("pointerdown", () => (pointed = true));
  form.addEventListener("keydown", (event) => {
    pointed = false;
    if (event.key === "Enter" && event.target.tagName === "SELECT") form.requestSubmit();
  });
  form.addEventListener("change", () => {
    form.classList.add("changed");
    if (pointed) form.requestSubmit();
  });
  form.addEventListener("formdata", ({ formData }) => {
    for (const [name, value] of [...formData]) if (!value && name !== "to_version") formData.delete(name);
  });
}

/** A message moves to the corner, can be closed, and goes by itself where it only says that all is well. */
function toast(list) {
  list.classList.add("toasts");
  for (const item of list.children) {
    const close = document.createElement("button");
    close.type = "button";
    close.className = "dismiss";
    close.setAttribute("aria-label", list.dataset.close);
    close.textContent = "×";
    close.addEventListener("click", () => item.remove());
    item.append(close);
    if (item.classList.contains("note")) leave(item);
  }
}

function leave(item) {
  let held = false;
  for (const [name, now] of [["pointerenter", true], ["pointerleave", false], ["focusin", true], ["focusout", false]]) {
    item.addEventListener(name, () => (held = now));
  }
  const look = () => setTimeout(() => (held ? look() : item.remove()), SEEN);
  look();
}

document.querySelectorAll("form[data-choose]").forEach(chooseAtOnce);
document.querySelectorAll("[data-toasts]").forEach(toast);

document.addEventListener("click", ({ target }) => {
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    if (!menu.contains(target)) menu.open = false;
  });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details[data-menu][open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
    event.preventDefault();
  } else if (location.hash === "#menu") location.hash = "#page";
});
