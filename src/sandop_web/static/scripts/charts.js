// Paints every chart of the page: options come from the server as JSON, colours from the stylesheet.
import * as echarts from "../vendor/echarts/echarts.esm.min.js";
import { openBeside } from "./beside.js";
import { figure } from "./figures.js";

const painted = new Map();

/** A role such as "role:plan" as the colour that the stylesheet gives it now. */
function colour(text, styles) {
  return styles.getPropertyValue(`--series-${text.slice(5)}`).trim() || styles.getPropertyValue("--accent").trim();
}

/** The same option with every role replaced by its colour. */
function coloured(option, styles) {
  if (typeof option === "string") return option.startsWith("role:") ? colour(option, styles) : option;
  if (Array.isArray(option)) return option.map((each) => coloured(each, styles));
  if (option === null || typeof option !== "object") return option;
  return Object.fromEntries(Object.entries(option).map(([name, each]) => [name, coloured(each, styles)]));
}

/** Axes, legend and tooltip in the ink of the page, numbers as `reading` says. */
function dressed(option, reading, styles) {
  const ink = styles.getPropertyValue("--ink").trim();
  const quiet = styles.getPropertyValue("--quiet").trim();
  const rule = styles.getPropertyValue("--rule").trim();
  const larger = parseFloat(getComputedStyle(document.documentElement).fontSize) / 13; // on a projector
  const text = { color: quiet, fontFamily: styles.fontFamily, fontSize: 11.5 * larger };
  const across = { ...text, hideOverlap: true, ...option.xAxis?.axisLabel };
  if (across.width) across.width *= larger;
  const write = (value) => figure(value, reading);
  return {
    ...option,
    textStyle: { fontFamily: styles.fontFamily },
    legend: option.legend && { ...option.legend, textStyle: text },
    tooltip: {
      ...option.tooltip,
      valueFormatter: write,
      backgroundColor: styles.getPropertyValue("--paper").trim(),
      borderColor: rule,
      textStyle: { ...text, color: ink },
    },
    xAxis: { ...option.xAxis, axisLabel: across, axisLine: { lineStyle: { color: rule } } },
    yAxis: {
      ...option.yAxis,
      nameTextStyle: { ...text, align: "left" },
      axisLabel: { ...text, formatter: write },
      splitLine: { lineStyle: { color: rule } },
    },
    series: option.series.map((series) => {
      if (series.type === "custom") return surface(series, write);
      return series.label?.show ? labelled(series, reading, text) : series;
    }),
  };
}

/** A band: one surface through the low ends [place, low, high] and back along the high ones. */
function surface(series, write) {
  const { color: fill, opacity } = series.itemStyle;
  const renderItem = ({ dataIndex }, api) => {
    if (dataIndex !== 0) return null;
    const low = series.data.map(([place, end]) => api.coord([place, end]));
    const high = series.data.map(([place, , end]) => api.coord([place, end])).reverse();
    return { type: "polygon", shape: { points: [...low, ...high] }, style: { fill, opacity } };
  };
  return { ...series, renderItem, tooltip: { valueFormatter: ([low, high]) => `${write(low)} – ${write(high)}` } };
}

/** Bars that carry their amount as text. */
function labelled(series, reading, text) {
  const formatter = ({ dataIndex }) => figure(reading.amounts?.[dataIndex] ?? series.data[dataIndex]?.value, reading);
  return { ...series, label: { ...series.label, ...text, formatter } };
}

function paint(canvas) {
  const { sandop: reading, ...option } = JSON.parse(canvas.nextElementSibling.textContent);
  const styles = getComputedStyle(canvas);
  const chart = painted.get(canvas) ?? echarts.init(canvas, null, { renderer: "svg" });
  painted.set(canvas, chart);
  chart.setOption(dressed(coloured(option, styles), reading, styles), true);
  chart.off("click");
  chart.on("click", ({ seriesIndex, dataIndex }) => {
    const link = reading.links?.[seriesIndex]?.[dataIndex];
    if (link) openBeside(link, canvas);
  });
}

const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    paint(target);
    sized.observe(target);
  }
}, { rootMargin: "400px" });
const sized = new ResizeObserver((entries) => entries.forEach(({ target }) => painted.get(target)?.resize()));

/** Paint the charts below `root` as soon as they come near the window. */
export function paintCharts(root = document) {
  root.querySelectorAll("[data-chart]").forEach((canvas) => seen.observe(canvas));
}

const again = () => painted.forEach((_, canvas) => canvas.isConnected && paint(canvas));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
addEventListener("beforeprint", () => document.querySelectorAll("[data-chart]").forEach(paint));
