// Tables on the clipboard, as spreadsheets put them there: cells between tabs, rows between line ends, quotes around
// a cell that holds either.

/** A table of texts as tab-separated lines. */
export function tableText(rows) {
  const quoted = (cell) => (/["\t\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return rows.map((row) => row.map((cell) => quoted(String(cell))).join("\t")).join("\r\n");
}

/** The table that a clipboard's text holds. A last empty line, which spreadsheets add, is no row. */
export function tableOf(text) {
  const rows = [[]];
  let at = 0;
  while (at <= text.length) {
    const [cell, next] = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at);
    rows.at(-1).push(cell);
    at = next;
    if (at >= text.length) break;
    if (text[at] === "\t") at += 1;
    else {
      at += text[at] === "\r" && text[at + 1] === "\n" ? 2 : 1;
      if (at >= text.length) break;
      rows.push([]);
    }
  }
  return text === "" ? [] : rows;
}

function plainCell(text, from) {
  let to = from;
  while (to < text.length && !"\t\n\r".includes(text[to])) to += 1;
  return [text.slice(from, to), to];
}

function quotedCell(text, from) {
  let cell = "";
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] !== '"') cell += text[at];
    else if (text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (at + 1 === text.length || "\t\n\r".includes(text[at + 1])) return [cell, at + 1];
    else return plainCell(text, from); // a quote in the middle of a cell is part of its text
  }
  return plainCell(text, from);
}

/**
 * Where each cell of a table lands: a single cell fills the selection, a table repeats where the selection is a whole
 * number of times as large, else it is laid down once from the first cell on.
 * @returns {{row: number, column: number, text: string}[]}
 */
export function laidDown(table, { top, left, bottom, right }, rows, columns) {
  const height = table.length;
  const width = Math.max(...table.map((row) => row.length));
  const wide = right - left + 1;
  const high = bottom - top + 1;
  const deep = high % height === 0 ? high : height;
  const broad = wide % width === 0 ? wide : width;
  const cells = [];
  for (let down = 0; down < deep && top + down < rows; down++)
    for (let along = 0; along < broad && left + along < columns; along++) {
      const text = table[down % height][along % width];
      if (text !== undefined) cells.push({ row: top + down, column: left + along, text });
    }
  return cells;
}
