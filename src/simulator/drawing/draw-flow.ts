import { drawEdge, drawLabel, drawTips } from "./draw-edge";
import { drawLegend } from "./draw-legend";
import { drawStart, drawState } from "./draw-state";
import { type DrawnFlow, type DrawnRun, drawnEdges, drawnStates } from "./drawn-flow";
import { layOut } from "./lay-out";
import { STYLE } from "./style";
import { element, title } from "./svg";

/** A Flow as an SVG document, with the way of a run lit up. It is all in one: no scripts, no fonts, nothing from elsewhere. */
export function drawFlow(flow: DrawnFlow, run: DrawnRun = { steps: [] }): string {
  const placed = layOut(drawnStates(flow, run), drawnEdges(flow, run));
  const legend = drawLegend(placed, run.steps.length > 0);
  const width = Math.ceil(Math.max(placed.width, legend.width));
  const height = Math.ceil(placed.height + legend.height);
  return element(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height, role: "img" },
    title(flow.description || "A Studio Flow"),
    element("style", {}, STYLE),
    element("defs", {}, drawTips()),
    element("rect", { class: "paper", width, height }),
    ...placed.edges.filter(({ edge }) => !edge.isTaken).map(drawEdge),
    ...placed.edges.filter(({ edge }) => edge.isTaken).map(drawEdge),
    ...placed.edges.map(drawLabel),
    ...placed.states.map(drawState),
    ...placed.states.filter(({ state }) => state.isInitial).map(drawStart),
    element("g", { transform: `translate(0 ${Math.ceil(placed.height)})` }, legend.markup),
  );
}
