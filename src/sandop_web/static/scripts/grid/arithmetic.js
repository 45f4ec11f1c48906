// What somebody types into a cell, as a number: 1,234.5 · 1.2k · 3万 · 12% · +5% · *1.1 · /2 · =1200+3*(40-5).

const LARGE = { k: 1e3, m: 1e6, 千: 1e3, 万: 1e4, 亿: 1e8 };
const NUMBER = /^([+-]?)((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(?:e([+-]?\d{1,2}))?\s*([km千万亿]?)\s*(%?)$/i;
const BLANKS = new Set(["", "-", "–", "—"]);
const MOST = 1e12;

/**
 * The number that a text means beside what the cell holds.
 * @param {string} typed
 * @param {number} now what the cell holds; NaN is a blank
 * @returns {{value: number|null}|{fault: "number"|"blank"|"large"}} value null: the cell becomes blank
 */
export function understood(typed, now = NaN) {
  const text = plain(typed);
  if (BLANKS.has(text)) return { value: null };
  const value = meant(text, now);
  if (value === null) return { fault: "number" };
  if (Number.isNaN(value)) return { fault: "blank" };
  return Math.abs(value) <= MOST ? { value } : { fault: "large" };
}

/** Full-width digits and signs as plain ones; accountants' brackets as a minus; currency signs left out. */
function plain(typed) {
  const text = typed.normalize("NFKC").trim().replace(/[−﹣]/g, "-").replace(/[×✕]/g, "*").replace(/÷/g, "/").replace(/[  ']/g, "");
  const bare = text.replace(/^([+-]?)[¥$€£]\s*/, "$1");
  const bracketed = /^\(([\d.,]+)\)$/.exec(bare);
  return bracketed ? `-${bracketed[1]}` : bare;
}

function meant(text, now) {
  if (text.startsWith("=")) return reckoned(text.slice(1));
  if (/^[+-][^%]*%$/.test(text)) return by(text, (share) => now * (1 + share));
  if (text.startsWith("*")) return by(text.slice(1), (factor) => now * factor);
  if (text.startsWith("/")) return by(text.slice(1), (factor) => now / factor);
  return numberOf(text);
}

function by(text, change) {
  const operand = numberOf(text.trim());
  return operand === null ? null : finite(change(operand));
}

/** A plain number with its thousands apart; null where it is none. */
function numberOf(text) {
  const found = NUMBER.exec(text);
  if (!found) return null;
  const [, sign, digits, power, large, share] = found;
  const size = Number(digits.replaceAll(",", "")) * 10 ** Number(power ?? 0) * (LARGE[large.toLowerCase()] ?? 1);
  return ((sign === "-" ? -1 : 1) * size) / (share ? 100 : 1);
}

const finite = (value) => (Number.isFinite(value) || Number.isNaN(value) ? value : null);

/** An arithmetic expression of + - * / and brackets; null where it is none. */
function reckoned(text) {
  const signs = text.match(/\d[\d,]*\.?\d*(?:e[+-]?\d+)?[km千万亿]?%?|\.\d+%?|[-+*/()]/gi) ?? [];
  if (signs.join("") !== text.replace(/\s+/g, "")) return null;
  const reader = { signs, at: 0 };
  const value = sum(reader);
  return reader.at === signs.length && value !== null ? finite(value) : null;
}

function sum(reader) {
  return chain(reader, product, { "+": (one, other) => one + other, "-": (one, other) => one - other });
}

function product(reader) {
  return chain(reader, factor, { "*": (one, other) => one * other, "/": (one, other) => one / other });
}

function chain(reader, part, ways) {
  let value = part(reader);
  while (value !== null && reader.signs[reader.at] in ways) {
    const way = ways[reader.signs[reader.at++]];
    const next = part(reader);
    value = next === null ? null : way(value, next);
  }
  return value;
}

function factor(reader) {
  const sign = reader.signs[reader.at++];
  if (sign === undefined) return null;
  if (sign === "-" || sign === "+") {
    const value = factor(reader);
    return value === null ? null : sign === "-" ? -value : value;
  }
  if (sign !== "(") return numberOf(sign);
  const value = sum(reader);
  return reader.signs[reader.at++] === ")" ? value : null;
}
