import { type Layout, SIZES } from "./lay-out";
import { element, escaped } from "./svg";
import { widthOf } from "./text-width";

const SAMPLE = 30;
const HEIGHT = 36;

/** What the lines mean, as far as there are such. */
export function drawLegend(
  { edges, states }: Layout,
  hasRun: boolean,
): { width: number; height: number; markup: string } {
  const entries = [
    ...(edges.some(({ edge }) => edge.isFailure)
      ? [{ kind: "edge failure", tip: "tip-failure", text: "failure or time-out" }]
      : []),
    ...(edges.some(({ isBack }) => isBack)
      ? [{ kind: "edge back", tip: "tip-back", text: "back to an earlier state" }]
      : []),
    ...(hasRun ? [{ kind: "edge taken", tip: "tip-taken", text: "the way of the run" }] : []),
    ...(states.some(({ state }) => !state.isReachable)
      ? [{ kind: "state unreachable", text: "nothing leads here" }]
      : []),
  ];
  let x: number = SIZES.margin;
  const drawn = entries.map(({ kind, tip, text }) => {
    const sample = tip
      ? element("path", { d: `M${x} 14h${SAMPLE}`, "marker-end": `url(#${tip})` })
      : element("rect", { class: "box", x, y: 7, width: SAMPLE, height: 14, rx: 3 });
    const markup = element("g", { class: kind }, sample);
    const words = element("text", { x: x + SAMPLE + 8, y: 18 }, escaped(text));
    x += SAMPLE + 8 + widthOf(text, SIZES.small) + 24;
    return markup + words;
  });
  return { width: x, height: entries.length > 0 ? HEIGHT : 0, markup: drawn.join("") };
}
