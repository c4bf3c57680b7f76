import { SIZES } from "./lay-out";

/** Plain rules, which every viewer reads; the dark ones for those that know what the reader prefers. */
export const STYLE = `
text { font: ${SIZES.small}px Helvetica, Arial, sans-serif; fill: #3c4652; }
.paper { fill: #ffffff; }
.state rect.box { fill: #f6f8fa; stroke: #8a96a3; }
.state .name { font-weight: bold; font-size: ${SIZES.name}px; fill: #14181d; }
.strip { fill: #8a96a3; }
.trigger .strip, .start { fill: #14181d; }
.message .strip { fill: #1f6feb; }
.split .strip { fill: #bf8700; }
.call .strip { fill: #8250df; }
.flex .strip { fill: #1a7f37; }
.unreachable rect.box { fill: #ffffff; stroke: #b8c0c8; stroke-dasharray: 2 3; }
.unreachable text, .unreachable .name { fill: #8a929b; }
.unreachable .strip { fill: #c9d0d6; }
.edge path { fill: none; stroke: #57636f; stroke-width: 1.3; }
.edge.failure path { stroke: #b3261e; stroke-dasharray: 6 4; }
.edge.back path { stroke: #7a4fc9; stroke-width: 1.6; }
.edge.back.failure path { stroke: #b3261e; }
.edge.taken path { stroke: #d9480f; stroke-width: 3; }
.taken rect.box { stroke: #d9480f; stroke-width: 2; }
.last rect.box { stroke-width: 3.5; }
.badge { fill: #d9480f; }
.badge-text { fill: #ffffff; font-weight: bold; }
.tip { fill: #57636f; } .tip.failure { fill: #b3261e; } .tip.back { fill: #7a4fc9; } .tip.taken { fill: #d9480f; }
.label rect { fill: #ffffff; fill-opacity: 0.85; }
@media (prefers-color-scheme: dark) {
text { fill: #c3ccd6; }
.paper { fill: #0f1419; }
.state rect.box { fill: #1b222a; stroke: #6d7a88; }
.state .name { fill: #f0f4f8; }
.trigger .strip, .start { fill: #f0f4f8; }
.unreachable rect.box { fill: #0f1419; stroke: #47515c; }
.unreachable text, .unreachable .name { fill: #79848f; }
.unreachable .strip { fill: #3a434d; }
.edge path { stroke: #94a1af; }
.edge.failure path, .edge.back.failure path { stroke: #ff8a80; }
.edge.back path { stroke: #b794f6; }
.edge.taken path, .taken rect.box { stroke: #ff922b; }
.badge { fill: #ff922b; } .badge-text { fill: #0f1419; }
.tip { fill: #94a1af; } .tip.failure { fill: #ff8a80; } .tip.back { fill: #b794f6; } .tip.taken { fill: #ff922b; }
.label rect { fill: #0f1419; }
}
`;
