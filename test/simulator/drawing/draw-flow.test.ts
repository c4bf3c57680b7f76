import { readFileSync } from "node:fs";
import { drawFlow } from "../../../src/simulator/drawing/draw-flow";
import { type DrawnFlow, type DrawnRun, drawnEdges, drawnStates } from "../../../src/simulator/drawing/drawn-flow";
import { type Box, layOut, type PlacedEdge, SIZES } from "../../../src/simulator/drawing/lay-out";
import { widthOf } from "../../../src/simulator/drawing/text-width";

type State = DrawnFlow["states"][number];

const to = (event: string, next?: string) => ({ event, next });
const state = (name: string, type: string, ...transitions: State["transitions"]): State => ({
  name,
  type,
  transitions,
});
const match = (next: string, friendly_name: string, type: string, value: string) => ({
  event: "match",
  next,
  conditions: [{ friendly_name, type, value }],
});

const menu: DrawnFlow = {
  description: "A menu",
  initial_state: "Trigger",
  states: [
    state("Trigger", "trigger", to("incomingMessage"), to("incomingConversationMessage", "ask")),
    state(
      "ask",
      "send-and-wait-for-reply",
      to("incomingMessage", "which"),
      to("timeout", "agent"),
      to("deliveryFailure", "agent"),
    ),
    state(
      "which",
      "split-based-on",
      to("noMatch", "ask"),
      match("agent", "sales", "equal_to", "1"),
      match("agent", "If value", "greater_than", "5"),
    ),
    state("agent", "send-to-flex", to("callComplete"), to("failedToEnqueue", "agent")),
    state("lonely", "send-message", to("sent"), to("failed")),
  ],
};

/** Attributes of the groups of one kind, and what is in them. */
function groups(
  svg: string,
  kind: string,
): { classes: string; from?: string; to?: string; name?: string; markup: string }[] {
  return [...svg.matchAll(new RegExp(`<g class="(${kind}[^"]*)"([^>]*)>(.*?)</g>`, "gs"))].map(
    ([, classes = "", attributes = "", markup = ""]) => ({
      classes,
      markup,
      from: /data-from="([^"]*)"/.exec(attributes)?.[1],
      to: /data-to="([^"]*)"/.exec(attributes)?.[1],
      name: /data-state="([^"]*)"/.exec(attributes)?.[1],
    }),
  );
}

const edge = (svg: string, from: string, into: string) =>
  groups(svg, "edge").filter((one) => one.from === from && one.to === into);
const stateIn = (svg: string, name: string) => groups(svg, "state").find((one) => one.name === name);
const wordsIn = (markup: string) => [...markup.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);

describe("a drawing", () => {
  const svg = drawFlow(menu);

  it("shows every state with its name and type, and what ends the Flow there", () => {
    expect(groups(svg, "state").flatMap(({ name }) => name ?? [])).toEqual(menu.states.map(({ name }) => name));
    expect(wordsIn(stateIn(svg, "agent")?.markup ?? "")).toEqual(["agent", "send-to-flex", "ends on callComplete"]);
  });

  it("labels arrows by event, and matches by the name and value of their condition", () => {
    const labels = groups(svg, "label").map(({ markup }) => wordsIn(markup));
    expect(labels).toContainEqual(["timeout", "deliveryFailure"]);
    expect(labels).toContainEqual(["sales: 1", "&gt; 5"]);
    expect(labels).toContainEqual(["noMatch"]);
  });

  it("tells failures, ways back and what nothing leads to from the rest, and marks the start", () => {
    expect(edge(svg, "ask", "agent").map(({ classes }) => classes)).toEqual(["edge failure"]);
    expect(edge(svg, "which", "ask").map(({ classes }) => classes)).toEqual(["edge back"]);
    expect(edge(svg, "agent", "agent").map(({ classes }) => classes)).toEqual(["edge failure back"]);
    expect(edge(svg, "ask", "which").map(({ classes }) => classes)).toEqual(["edge"]);
    expect(stateIn(svg, "lonely")?.classes).toContain("unreachable");
    expect(stateIn(svg, "agent")?.classes).not.toContain("unreachable");
    expect(svg.match(/class="start"/g)).toHaveLength(1);
    expect(svg).toMatch(/\.edge\.failure path \{[^}]*stroke-dasharray/);
  });

  it("lights up the way of a run, with its steps numbered", () => {
    const run: DrawnRun = {
      steps: [
        { widget: "Trigger", event: "incomingConversationMessage", to: "ask" },
        { widget: "ask", event: "incomingMessage", to: "which" },
        { widget: "which", event: "noMatch", to: "ask" },
        { widget: "ask", event: null, to: null },
      ],
    };
    const lit = drawFlow(menu, run);
    expect(wordsIn(stateIn(lit, "ask")?.markup ?? "")).toContain("2, 4");
    expect(stateIn(lit, "ask")?.classes).toContain("taken last");
    expect(stateIn(lit, "agent")?.classes).not.toContain("taken");
    expect(groups(lit, "edge").flatMap(({ classes, from }) => (classes.includes("taken") ? (from ?? []) : []))).toEqual(
      ["Trigger", "ask", "which"],
    );
    expect(svg).not.toContain("taken last");
  });

  it("keeps everything from the file text, with no script and nothing from elsewhere", () => {
    const hostile = `<script>alert("1")</script>&'\u0000\ud800]]>`;
    const flow: DrawnFlow = {
      description: hostile,
      initial_state: "a",
      states: [
        { ...state(`a`, hostile, match("a", hostile, "equal_to", hostile)), properties: { body: hostile } },
        state(`${hostile}</text>`, "split-based-on", to(hostile, "a")),
      ],
    };
    const drawn = drawFlow(flow);
    expect(drawn).not.toMatch(/<script|href|url\((?!#)/);
    expect([...drawn].filter((one) => one < "\n" || (one >= "\ud800" && one <= "\udfff"))).toEqual([]);
    expect(drawn).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&apos;");
    expect(drawn.match(/<(\w+)/g)?.length).toBe(
      (drawn.match(/<\/\w+>/g)?.length ?? 0) + (drawn.match(/\/>/g)?.length ?? 0),
    );
  });

  it("cuts long text short, and has the whole of it under the pointer", () => {
    const name = "a_name_".repeat(20);
    const value = "a value, ".repeat(40);
    const drawn = drawFlow({
      initial_state: name,
      states: [state(name, "split-based-on", match(name, "sales", "equal_to", value))],
    });
    expect(wordsIn(stateIn(drawn, name)?.markup ?? "")[0]).toMatch(/^a_name_.*…$/);
    expect(drawn).toContain(`<title>${name} (split-based-on)</title>`);
    expect(drawn).toContain(`(= ${value.trim()})`);
  });

  it("reads well in the dark, by rules of its own", () => {
    expect(svg).toContain("@media (prefers-color-scheme: dark)");
  });

  it("survives names that mean something to JavaScript, and a Flow of one state", () => {
    const flow: DrawnFlow = {
      initial_state: "constructor",
      states: [state("constructor", "trigger", to("incomingMessage", "toString")), state("toString", "send-message")],
    };
    expect(edge(drawFlow(flow), "constructor", "toString")).toHaveLength(1);
    expect(drawFlow({ initial_state: "a", states: [state("a", "trigger")] })).toContain("</svg>");
  });
});

describe("a layout", () => {
  const flows = [
    "studio-flows/sms.json",
    ...["bike-shop", "order-status", "clinic-whatsapp"].map((name) => `test/fixtures/flows/${name}.json`),
  ];
  const steps = [{ widget: "Trigger", event: null, to: null }];
  const placed = (file: string) => {
    const flow = JSON.parse(readFileSync(file, "utf8")) as DrawnFlow;
    return layOut(drawnStates(flow, { steps }), drawnEdges(flow, { steps }));
  };

  it.each(flows)("keeps boxes and words apart: %s", (file) => {
    const { states, edges, width, height } = placed(file);
    const boxes: Box[] = [...states, ...edges.map(({ label }) => label)];
    for (const [index, box] of boxes.entries()) {
      expect(left(box)).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width / 2).toBeLessThanOrEqual(width);
      expect(box.y + box.height / 2).toBeLessThanOrEqual(height);
      for (const other of boxes.slice(index + 1)) expect(overlap(box, other)).toBe(false);
    }
  });

  it.each(flows)("gives all text the room it needs: %s", (file) => {
    const { states, edges } = placed(file);
    for (const {
      name,
      width,
      state: { type },
      ends,
    } of states) {
      const room = width - SIZES.strip - 2 * SIZES.padding;
      expect(widthOf(name, SIZES.name, "bold")).toBeLessThanOrEqual(room);
      expect(widthOf(type, SIZES.small)).toBeLessThanOrEqual(room);
      expect(widthOf(ends?.text ?? "", SIZES.small)).toBeLessThanOrEqual(room);
    }
    for (const { label, lines } of edges) expect(lines.every(fits(label))).toBe(true);
  });
});

const fits =
  ({ width }: Box) =>
  ({ text }: PlacedEdge["lines"][number]) =>
    widthOf(text, SIZES.small) <= width;
const left = ({ x, width }: Box) => x - width / 2;

function overlap(a: Box, b: Box): boolean {
  return Math.abs(a.x - b.x) * 2 < a.width + b.width - 1 && Math.abs(a.y - b.y) * 2 < a.height + b.height - 1;
}
