import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** What each room may import besides itself, `runtime` and `config`; a message walks from left to right. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  functions: ["conversation", "channels", "twilio"],
  conversation: ["channels", "twilio"],
  channels: [],
  twilio: [],
  runtime: [],
  config: [],
  deploy: ["channels", "twilio"],
  // `sweep` plays the story of that name with an administrator's credentials; what connects a channel is an administrator's too.
  cli: ["deploy", "conversation", "channels", "twilio", "simulator"],
  simulator: [],
  build: [],
};
const OPEN_TO_ALL = ["runtime", "config"];

const files = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => join("src", file));

const roomOf = (path: string) => relative("src", path).split("/")[0] ?? "";

function importsOf(file: string): string[] {
  const source = readFileSync(file, "utf8");
  return [
    ...source.matchAll(/^(?:import|export)\b[^;]*?from\s+"([^"]+)"|\bimport\("([^"]+)"\)|^import\s+"([^"]+)"/gms),
  ].map(([, from, dynamic, bare]) => from ?? dynamic ?? bare ?? "");
}

const edges = files.flatMap((file) =>
  importsOf(file)
    .filter((path) => path.startsWith("."))
    .map((path) => ({ file, from: roomOf(file), to: roomOf(join(dirname(file), path)) })),
);

describe("the rooms of src", () => {
  it("are the ones this test knows", () => {
    expect([...new Set(files.map(roomOf))].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
  });

  it("import only what the layering allows, never upwards", () => {
    const allowed = (from: string, to: string) =>
      from === to ||
      MAY_IMPORT[from]?.includes(to) ||
      // The simulator is another program: it shares nothing with the product.
      (from !== "simulator" && OPEN_TO_ALL.includes(to) && !(from === "runtime" && to === "config"));
    expect(edges.filter(({ from, to }) => !allowed(from, to))).toEqual([]);
  });

  it("leave Twilio's SDK to the runtime's client: deployed code imports its types and its signature check only", () => {
    const deployed = files.filter((file) =>
      ["functions", "conversation", "channels", "twilio", "runtime", "config"].includes(roomOf(file)),
    );
    const values = deployed.flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/^import (?!type )[^;]*from "(twilio[^"]*)"/gm)].map(
        ([, name]) => `${file} ${name}`,
      ),
    );
    expect(values).toEqual(["src/runtime/twilio-signature.ts twilio/lib/webhooks/webhooks"]);
  });

  it("keep channels free of Twilio", () => {
    const named = files.filter(
      (file) => roomOf(file) === "channels" && importsOf(file).some((path) => path.startsWith("twilio")),
    );
    expect(named).toEqual([]);
  });
});
