// What every page of the workbench loads; parts of a page that need more fetch it themselves.
import "./beside.js";
import "./palette.js";
import "./frame.js";
import "./typed.js";

const charts = (root) => {
  if (root.querySelector("[data-chart]")) import("./charts.js").then(({ paintCharts }) => paintCharts(root));
};
charts(document);
document.addEventListener("beside", ({ detail }) => charts(detail));
document.addEventListener("htmx:afterSettle", ({ target }) => charts(target));
