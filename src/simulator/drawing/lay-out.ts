import { type EdgeLabel, Graph, type GraphLabel, layout, type NodeLabel } from "@dagrejs/dagre";
import type { DrawnEdge, DrawnState } from "./drawn-flow";
import { fitting, widthOf } from "./text-width";

export interface Point {
  x: number;
  y: number;
}

/** `x` and `y` are the middle. */
export interface Box extends Point {
  width: number;
  height: number;
}

/** A line of text in its box. */
export interface Line {
  text: string;
  full: string;
}

export interface PlacedState extends Box {
  state: DrawnState;
  name: string;
  ends?: Line;
  badge: string;
}

export interface PlacedEdge {
  edge: DrawnEdge;
  points: Point[];
  label: Box;
  lines: Line[];
  /** It leads to an earlier state, or to the same. */
  isBack: boolean;
}

export interface Layout {
  width: number;
  height: number;
  states: PlacedState[];
  edges: PlacedEdge[];
}

export const SIZES = { name: 13, small: 11, line: 15, padding: 12, strip: 5, badge: 16, margin: 24 } as const;
const WIDEST = { name: 230, label: 190 };
/** Beside a state that leads to itself, for the arrow. */
const LOOP = 26;

/** Where everything stands. States are known by their place, as their names could be anything. */
export function layOut(states: readonly DrawnState[], edges: readonly DrawnEdge[]): Layout {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>({ multigraph: true });
  const { margin } = SIZES;
  graph.setGraph({ rankdir: "TB", nodesep: 36, edgesep: 18, ranksep: 34, marginx: margin, marginy: margin });
  const ids = new Map(states.map(({ name }, index) => [name, String(index)]));
  const sized = states.map(sizedState);
  sized.forEach((state, index) => {
    graph.setNode(String(index), { width: state.width, height: state.height });
  });
  const labelled = edges.map((edge) => ({ edge, ...sizedLabel(edge) }));
  labelled.forEach(({ edge, width, height }, index) => {
    const loop = edge.from === edge.to ? LOOP : 0;
    const label = { width: width + loop, height, labelpos: "c" as const };
    graph.setEdge(ids.get(edge.from) ?? "", ids.get(edge.to) ?? "", label, String(index));
  });
  layout(graph);
  const placed = sized.map((state, index) => ({ ...state, ...middleOf(graph.node(String(index))) }));
  const { width = 0, height = 0 } = graph.graph();
  return {
    ...{ width, height, states: placed },
    edges: labelled.map((one, index) => {
      const [from = "", to = ""] = [ids.get(one.edge.from), ids.get(one.edge.to)];
      const drawn = graph.edge(from, to, String(index));
      const [start, end] = [placed[Number(from)], placed[Number(to)]];
      if (start && from === to) return loopAt(start, one);
      const isBack = start !== undefined && end !== undefined && end.y <= start.y;
      const { edge, lines, width, height } = one;
      return { edge, lines, isBack, points: drawn.points ?? [], label: { width, height, ...middleOf(drawn) } };
    }),
  };
}

const middleOf = ({ x = 0, y = 0 }: NodeLabel | EdgeLabel): Point => ({ x, y });

function sizedState(state: DrawnState): Omit<PlacedState, "x" | "y"> {
  const { padding, strip, line, badge: badgeHeight } = SIZES;
  const name = fitting(state.name, WIDEST.name, SIZES.name, "bold");
  const full = `ends on ${state.endsOn.join(", ")}`;
  const ends = state.endsOn.length > 0 ? { full, text: fitting(full, WIDEST.name, SIZES.small) } : undefined;
  const badge = fitting(state.steps.join(", "), 70, SIZES.small, "bold");
  const badgeWidth = badge ? badgeWidthOf(badge) + padding : 0;
  const widest = Math.max(
    widthOf(name, SIZES.name, "bold") + badgeWidth,
    widthOf(state.type, SIZES.small),
    ends ? widthOf(ends.text, SIZES.small) : 0,
  );
  return {
    ...{ state, name, ends, badge },
    width: Math.ceil(widest) + 2 * padding + strip,
    height: (ends ? 3 : 2) * line + padding + badgeHeight / 4,
  };
}

export const badgeWidthOf = (badge: string) => widthOf(badge, SIZES.small, "bold") + 10;

function sizedLabel({ labels }: DrawnEdge): { lines: Line[]; width: number; height: number } {
  const lines = labels.map(({ text, full }) => ({ full, text: fitting(text, WIDEST.label, SIZES.small) }));
  const width = Math.max(...lines.map(({ text }) => widthOf(text, SIZES.small))) + 8;
  return { lines, width: Math.ceil(width), height: lines.length * SIZES.line + 2 };
}

/** Dagre leaves room at the right of a state that leads to itself; the arrow takes the near part of it. */
function loopAt(at: PlacedState, { edge, lines, width, height }: ReturnType<typeof sizedLabel> & { edge: DrawnEdge }) {
  const right = at.x + at.width / 2;
  const rise = at.height / 4;
  const bend = right + LOOP * 0.7;
  return {
    ...{ edge, lines, isBack: true },
    points: [
      { x: right, y: at.y - rise },
      { x: bend, y: at.y - rise },
      { x: bend, y: at.y + rise },
      { x: right, y: at.y + rise },
    ],
    label: { width, height, x: bend + 4 + width / 2, y: at.y },
  };
}
