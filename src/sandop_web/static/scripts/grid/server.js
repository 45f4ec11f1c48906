// What the page asks of the server: numbers to show, changes to save. Answers are JSON; anything else counts as no answer.

/** The doors of the page, whose addresses its root element carries. */
export function server({ dataset }, key) {
  async function ask(address, options) {
    const answer = await fetch(address, { credentials: "same-origin", ...options });
    if (answer.redirected || !answer.headers.get("Content-Type")?.startsWith("application/json")) throw new Error(`${answer.status}`);
    return { status: answer.status, said: await answer.json() };
  }
  const post = (address, body) => ask(address, { method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": key }, body });

  /** The key of whoever is signed in now: signing in again, in another window, changes it. */
  async function freshKey() {
    const page = await fetch(location.href, { credentials: "same-origin" });
    const field = page.redirected ? null : new DOMParser().parseFromString(await page.text(), "text/html").querySelector("#grid-reason [name=csrfmiddlewaretoken]");
    if (!field) throw new Error("signed out");
    return field.value;
  }

  return {
    /** Numbers of the grid, for what the address asks. */
    columns: (wish) => ask(`${dataset.columns}?${wish}`, {}),
    /** The numbers that the page began to fetch before its scripts were there. */
    first: () => ask(dataset.first, {}),
    /** Save: "edit", "undo", "redo", "comment", "resolve". */
    async save(name, request, wish) {
      const [address, body] = [`${dataset[name]}?${wish}`, JSON.stringify(request)];
      try {
        return await post(address, body);
      } catch (fault) {
        if (fault instanceof TypeError) throw fault; // nobody answered: it may have been saved all the same
        key = await freshKey();
        return post(address, body);
      }
    },
  };
}
