// What the page asks of the server: numbers to show, changes to save. Answers are JSON; anything else counts as no answer.

/** The doors of the page, whose addresses its root element carries. */
export function server({ dataset }, key) {
  async function ask(address, options) {
    const answer = await fetch(address, { credentials: "same-origin", ...options });
    if (answer.redirected || !answer.headers.get("Content-Type")?.startsWith("application/json")) throw new Error(`${answer.status}`);
    return { status: answer.status, said: await answer.json() };
  }
  return {
    /** Numbers of the grid, for what the address asks. */
    columns: (wish) => ask(`${dataset.columns}?${wish}`, {}),
    /** The numbers that the page began to fetch before its scripts were there. */
    first: () => ask(dataset.first, {}),
    /** Save: "edit", "undo", "redo", "comment", "resolve". */
    save: (name, request, wish) =>
      ask(`${dataset[name]}?${wish}`, { method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": key }, body: JSON.stringify(request) }),
  };
}
