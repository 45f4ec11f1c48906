// Sentences of the page in the reader's language, and numbers inside them. They come with the page, none is written here.
import { figure } from "../figures.js";

/** A speaker for the sentences that an element of the page holds as JSON: say("saved", {count: 3}). */
export function speaker(element) {
  const sentences = JSON.parse(element.textContent);
  return (name, values = {}) => filled(sentences[name] ?? "", values);
}

/** A sentence with its places filled: {name}, and {count:|cell|cells} for one and for many. How the server would write a
    value ({period:when}) is left aside: here it is written already. */
export function filled(sentence, values) {
  const counted = sentence.replace(/\{(\w+):\|([^|{}]*)\|([^|{}]*)\}/g, (_, name, one, many) => (String(values[name]) === "1" ? one : many));
  return counted.replace(/\{(\w+)(?::\w+)?\}/g, (_, name) => values[name] ?? "");
}

/** A number as the page writes it, with at most so many decimals and none of them idle; a blank is a dash. */
export function written(value, decimals = 0) {
  const text = figure(value, { decimals });
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** A number as it is typed and copied: no thousands apart. */
export function bare(value, decimals) {
  return Number.isNaN(value) ? "" : String(Number(value.toFixed(decimals)));
}

/** A change from one number to another as a percentage: "+4.2%"; empty where there is nothing to compare with. */
export function byHowMuch(before, after) {
  if (!before || before === null || after === null) return "";
  const share = ((after - before) / Math.abs(before)) * 100;
  return `${share > 0 ? "+" : share < 0 ? "−" : "±"}${figure(Math.abs(share), { decimals: 1 })}%`;
}

/** A moment in the company's own time: "Jan 12, 2026, 09:14". */
export function moment(at, language, timeZone) {
  const month = language.startsWith("zh") ? "numeric" : "short";
  const form = { year: "numeric", month, day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone };
  return new Intl.DateTimeFormat(language, form).format(new Date(at));
}
