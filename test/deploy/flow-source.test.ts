import { FlowSourceError, parseFlowSource, renderFlow, tokensOf } from "../../src/deploy/flow-source";

const flow = (properties: object) =>
  parseFlowSource("x", JSON.stringify({ states: [{ name: "a", properties }], initial_state: "a" }));
const propertiesOf = (source: ReturnType<typeof flow>) =>
  (renderFlow(source, ({ kind, name }) => `<${kind}/${name}>`).states as { properties: unknown }[])[0]?.properties;

describe("a Flow source", () => {
  it("has its tokens replaced wherever they stand in a string", () => {
    const source = flow({ url: "${function:studio/say}?a", list: ["${workflow:Assign to Anyone}", 3, null, true] });
    expect(propertiesOf(source)).toEqual({
      url: "<function/studio/say>?a",
      list: ["<workflow/Assign to Anyone>", 3, null, true],
    });
  });

  it("keeps what is no token: Liquid, and an escaped one", () => {
    expect(propertiesOf(flow({ a: "{{flow.sid}}", b: "$${workflow:x}", c: "$5 and {x}" }))).toEqual({
      a: "{{flow.sid}}",
      b: "${workflow:x}",
      c: "$5 and {x}",
    });
  });

  it("names each token once", () => {
    const source = flow({ a: "${workflow:W}${workflow:W}", b: "${task-channel:chat}" });
    expect(tokensOf(source)).toEqual([
      { kind: "workflow", name: "W" },
      { kind: "task-channel", name: "chat" },
    ]);
  });

  it.each(["${worker:ada}", "${workflow:}", "${workflow}", "${}"])("refuses %s and says where it stands", (token) => {
    const render = () => propertiesOf(flow({ url: token }));
    expect(render).toThrow(FlowSourceError);
    expect(render).toThrow("studio-flows/x.json #/states/0/properties/url");
  });

  it.each([
    ["broken JSON", "{", "is not valid JSON"],
    ["another kind of document", "[]", "is not a Studio Flow"],
    ["a Flow without states", '{"initial_state":"Trigger"}', "is not a Studio Flow"],
  ])("that is %s is refused with its file's name", (_, text, words) => {
    expect(() => parseFlowSource("sms", text)).toThrow(`studio-flows/sms.json #: ${words}`);
  });
});
