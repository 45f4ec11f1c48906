// Which cells are meant: a cell that is in hand and, with it, a rectangle. Moving it is reckoned here, drawing is RevoGrid's.

/**
 * @typedef {object} Selection
 * @property {{row: number, column: number}} focus the cell in hand
 * @property {{row: number, column: number}} end the corner opposite to it
 */

/** A selection of one cell. */
export const single = (row, column) => ({ focus: { row, column }, end: { row, column } });

/** The rectangle of a selection. */
export function rectangle({ focus, end }) {
  return {
    top: Math.min(focus.row, end.row),
    bottom: Math.max(focus.row, end.row),
    left: Math.min(focus.column, end.column),
    right: Math.max(focus.column, end.column),
  };
}

/** How many cells a selection has. */
export function size(selection) {
  const { top, bottom, left, right } = rectangle(selection);
  return (bottom - top + 1) * (right - left + 1);
}

const within = (value, most) => Math.max(0, Math.min(value, most - 1));

/** Where a key leads from a cell; null for a key that does not move. `leap` is Ctrl or ⌘. */
export function moved({ row, column }, key, { rows, columns, page, leap }) {
  switch (key) {
    case "ArrowUp":
      return { row: leap ? 0 : within(row - 1, rows), column };
    case "ArrowDown":
      return { row: leap ? rows - 1 : within(row + 1, rows), column };
    case "ArrowLeft":
      return { row, column: leap ? 0 : within(column - 1, columns) };
    case "ArrowRight":
      return { row, column: leap ? columns - 1 : within(column + 1, columns) };
    case "PageUp":
      return { row: within(row - page, rows), column };
    case "PageDown":
      return { row: within(row + page, rows), column };
    case "Home":
      return { row: leap ? 0 : row, column: 0 };
    case "End":
      return { row: leap ? rows - 1 : row, column: columns - 1 };
    default:
      return null;
  }
}

/** Count, sum, average, least and most of numbers; blanks do not count. */
export function statistics(numbers) {
  const told = { count: 0, sum: 0, least: Infinity, most: -Infinity };
  for (const number of numbers) {
    if (Number.isNaN(number)) continue;
    told.count += 1;
    told.sum += number;
    told.least = Math.min(told.least, number);
    told.most = Math.max(told.most, number);
  }
  return { ...told, average: told.count ? told.sum / told.count : NaN };
}
