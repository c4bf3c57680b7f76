import { type Line, type PlacedEdge, type Point, SIZES } from "./lay-out";
import { element, escaped, title } from "./svg";

export function drawEdge({ edge, points, lines, isBack }: PlacedEdge): string {
  const kinds = [edge.isFailure && "failure", isBack && "back", edge.isTaken && "taken"].filter((one) => one !== false);
  const tip = edge.isTaken ? "tip-taken" : edge.isFailure ? "tip-failure" : isBack ? "tip-back" : "tip";
  return element(
    "g",
    { class: ["edge", ...kinds].join(" "), "data-from": edge.from, "data-to": edge.to },
    title(aboutEdge(edge, lines)),
    element("path", { d: rounded(points), "marker-end": `url(#${tip})` }),
  );
}

/** Drawn after all lines, so that none crosses out the words. */
export function drawLabel({ edge, label: { x, y, width, height }, lines }: PlacedEdge): string {
  const top = y - height / 2;
  const texts = lines.map(({ text }, index) =>
    element("text", { x, y: top + (index + 1) * SIZES.line - 3, "text-anchor": "middle" }, escaped(text)),
  );
  const ground = element("rect", { x: x - width / 2, y: top, width, height, rx: 3 });
  return element("g", { class: "label" }, title(aboutEdge(edge, lines)), ground, ...texts);
}

const aboutEdge = ({ from, to }: PlacedEdge["edge"], lines: readonly Line[]) =>
  [`${from} to ${to}`, ...lines.map(({ full }) => full)].join("\n");

/** The heads of arrows, one a colour. */
export function drawTips(): string {
  return ["", "failure", "back", "taken"]
    .map((kind) =>
      element(
        "marker",
        {
          id: kind ? `tip-${kind}` : "tip",
          viewBox: "0 0 10 10",
          refX: 9,
          refY: 5,
          markerWidth: 9,
          markerHeight: 9,
          markerUnits: "userSpaceOnUse",
          orient: "auto",
        },
        element("path", { class: ["tip", kind].join(" ").trim(), d: "M0 0L10 5L0 10z" }),
      ),
    )
    .join("");
}

const RADIUS = 12;

/** A line through all points, with its corners rounded. */
function rounded(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return "";
  const parts = rest.map((point, index) => {
    const [before = first, after] = [index === 0 ? first : rest[index - 1], rest[index + 1]];
    if (!after) return `L${at(point)}`;
    return `L${at(towards(point, before))}Q${at(point)} ${at(towards(point, after))}`;
  });
  return `M${at(first)}${parts.join("")}`;
}

/** From one point towards another, at most half way. */
function towards(from: Point, to: Point): Point {
  const distance = Math.hypot(to.x - from.x, to.y - from.y);
  const part = distance === 0 ? 0 : Math.min(RADIUS / distance, 0.5);
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

const at = ({ x, y }: Point) => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
