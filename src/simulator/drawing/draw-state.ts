import { badgeWidthOf, type PlacedState, SIZES } from "./lay-out";
import { element, escaped, title } from "./svg";

/** Kinds of widgets, by the colour of their edge. */
const KINDS: Record<string, string> = {
  trigger: "trigger",
  "send-message": "message",
  "send-and-wait-for-reply": "message",
  "split-based-on": "split",
  "run-function": "call",
  "make-http-request": "call",
  "run-subflow": "call",
  "send-to-flex": "flex",
  "enqueue-call": "flex",
};

export function drawState({ state, name, ends, badge, x, y, width, height }: PlacedState): string {
  const { strip, padding, line } = SIZES;
  const [left, top] = [x - width / 2, y - height / 2];
  const textAt = left + strip + padding;
  const classes = [
    "state",
    KINDS[state.type] ?? "",
    state.isReachable ? "" : "unreachable",
    state.steps.length > 0 ? "taken" : "",
    state.isLast ? "last" : "",
  ];
  const about = [`${state.name} (${state.type})`, ends?.full, state.body].filter(Boolean).join("\n");
  return element(
    "g",
    { class: classes.filter(Boolean).join(" "), "data-state": state.name },
    title(about),
    element("rect", { class: "box", x: left, y: top, width, height, rx: 5 }),
    element("rect", { class: "strip", x: left, y: top, width: strip, height, rx: 2 }),
    element("text", { class: "name", x: textAt, y: top + line + 3 }, escaped(name)),
    element("text", { x: textAt, y: top + 2 * line + 3 }, escaped(state.type)),
    ends ? element("text", { x: textAt, y: top + 3 * line + 3 }, escaped(ends.text)) : "",
    badge ? drawBadge(badge, left + width - padding / 2, top + padding / 2) : "",
  );
}

function drawBadge(badge: string, right: number, top: number): string {
  const width = badgeWidthOf(badge);
  return [
    element("rect", { class: "badge", x: right - width, y: top, width, height: SIZES.badge, rx: SIZES.badge / 2 }),
    element(
      "text",
      { class: "badge-text", x: right - width / 2, y: top + SIZES.badge - 4, "text-anchor": "middle" },
      escaped(badge),
    ),
  ].join("");
}

/** Where an Execution comes in. */
export function drawStart({ x, y, height }: PlacedState): string {
  const top = y - height / 2;
  return element(
    "g",
    { class: "edge" },
    title("It starts here"),
    element("circle", { class: "start", cx: x, cy: top - 16, r: 5 }),
    element("path", {
      d: `M${Math.round(x)} ${Math.round(top - 11)}V${Math.round(top - 1)}`,
      "marker-end": "url(#tip)",
    }),
  );
}
