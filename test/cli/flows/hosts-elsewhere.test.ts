import { createServer } from "node:http";
import { Socket } from "node:net";
import type { FlowRun } from "../../../src/cli/flows/play/run-report";
import type { Json } from "../../../src/simulator/studio/json";
import { cli, someFolder } from "./cli";
import { flowOf, say, state, toFlex } from "./some-flow";

const folder = someFolder();
afterAll(folder.remove);

async function playing(definition: Json) {
  const { out } = await cli("flows", "run", folder.write("flow.json", definition), "--json");
  return JSON.parse(out) as FlowRun;
}

const way = ({ executions }: FlowRun) => executions.flatMap(({ steps }) => steps.map(({ widget }) => widget));
const bye = say("bye", "Bye");

describe("a Flow that calls hosts elsewhere", () => {
  const calling = flowOf(
    state(
      "http",
      "make-http-request",
      { success: "fn", failed: "fn" },
      {
        method: "POST",
        url: "https://example.com/collect?a=b",
        content_type: "application/x-www-form-urlencoded;charset=utf-8",
      },
    ),
    state("fn", "run-function", { success: "pic", fail: "pic" }, { url: "https://stranger-1-dev.twil.io/f" }),
    say("pic", "Look", { sent: "task", failed: "task" }, { media_url: "https://demo.example/owl.png" }),
    toFlex("task", "{}"),
    bye,
  );

  it("reaches nobody outside this machine", async () => {
    const connect = jest.spyOn(Socket.prototype, "connect");
    const run = await playing(calling);
    const targets = connect.mock.calls.flatMap((call) => JSON.stringify(call).match(/"host":"[^"]*"/g) ?? []);
    connect.mockRestore();
    expect(new Set(targets)).toEqual(new Set(['"host":"127.0.0.1"']));
    expect(way(run)).toEqual(["Trigger", "http", "fn", "pic", "task"]);
    expect(run.notes.filter((note) => note.includes("was not asked")).map((note) => note.split(" ")[0])).toEqual([
      "https://example.com/collect",
      "https://stranger-1-dev.twil.io/f",
      "https://demo.example/owl.png",
    ]);
  });

  it("may call a program on this machine", async () => {
    const server = createServer((_, response) => response.end("here")).listen(0, "127.0.0.1");
    await new Promise((listening) => server.once("listening", listening));
    const address = server.address();
    const url = `http://localhost:${typeof address === "object" ? address?.port : 0}/`;
    const run = await playing(flowOf(state("fn", "run-function", { success: null, fail: null }, { url })));
    server.close();
    expect(run.executions[0]?.steps.at(-1)).toMatchObject({ widget: "fn", outputs: { body: "here" } });
  });
});
