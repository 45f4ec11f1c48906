// Numbers as people read them, like the server writes them: thousands apart, a dash for a blank.
const writers = new Map();

function writer(decimals, signed) {
  const key = `${decimals}${signed}`;
  if (!writers.has(key)) {
    const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    writers.set(key, new Intl.NumberFormat("en", signed ? { ...options, signDisplay: "exceptZero" } : options));
  }
  return writers.get(key);
}

/** A number by its `reading`: {divisor, decimals, share, signed}. */
export function figure(value, { divisor = 1, decimals = 0, share = false, signed = false } = {}) {
  if (value === null || value === undefined || value === "-" || Number.isNaN(Number(value))) return "–";
  const shown = writer(decimals, signed).format(share ? value * 100 : value / divisor);
  return share ? `${shown}%` : shown;
}
