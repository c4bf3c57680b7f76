import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endAll, simulate, someProject } from "./simulating";

const project = someProject({
  "create.js": `
    require("twilio")(process.env.TWILIO_ACCOUNT_SID, process.env.TWILIO_AUTH_TOKEN)
      .conversations.v1.conversations.create().then(({ sid }) => console.log(sid));`,
  "list.js": `
    require("twilio")(process.env.TWILIO_ACCOUNT_SID, process.env.TWILIO_AUTH_TOKEN)
      .conversations.v1.conversations.list().then((all) => console.log(all.map(({ sid }) => sid).join()));`,
});
const folder = mkdtempSync(join(tmpdir(), "snapshots-"));
const file = join(folder, "world.json");
const run = (...args: string[]) => simulate(args, { cwd: project.root }).ended;

afterAll(() => {
  endAll();
  project.delete();
  rmSync(folder, { recursive: true });
});

it("writes what is there at the end, and goes on from it", async () => {
  const made = await run("--save", file, "--", "node", "create.js");
  expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^CH[0-9a-f]{32}\n$/) });
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ version: 1 });
  const seen = await run("--from", file, "--", "node", "list.js");
  expect(seen).toMatchObject({ code: 0, out: made.out });
});

it("makes the same SIDs in each deterministic run", async () => {
  const runs = [
    await run("--deterministic", "--", "node", "create.js"),
    await run("--deterministic", "--", "node", "create.js"),
  ];
  expect(runs[1]?.out).toBe(runs[0]?.out);
});

it.each([
  ["there is no such file", "missing.json", undefined, /missing\.json cannot be read/],
  ["it is no JSON", "text.json", "hello", /text\.json is not JSON/],
  ["it is no snapshot", "other.json", "{}", /other\.json cannot be used\. It is no snapshot: take one with/],
])("starts nothing when %s", async (_, name, text, why) => {
  if (text !== undefined) writeFileSync(join(folder, name), text);
  const { code, err } = await run("--from", join(folder, name), "--", "node", "create.js");
  expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(why) });
});

it("starts nothing when the snapshot is of other seeds", async () => {
  await run("--seed", "chairs", "--save", file, "--", "node", "create.js");
  const { code, err } = await run("--from", file, "--", "node", "list.js");
  expect({ code, err }).toEqual({
    code: 2,
    err: expect.stringMatching(/made with the seed "chairs": start with that one/),
  });
});

it.each([
  ["is in no folder", join("nowhere", "world.json"), /nowhere.* cannot be written: name a file with --save/],
  ["is a folder", ".", /is a folder: name a file with --save/],
])("starts nothing when what it is to write %s", async (_, name, why) => {
  const { code, out, err } = await run("--save", join(folder, name), "--", "node", "create.js");
  expect({ code, out, err }).toEqual({ code: 2, out: "", err: expect.stringMatching(why) });
});

it("leaves no half of a file, and says so, when it can no longer be written", async () => {
  const gone = mkdtempSync(join(folder, "nowhere-"));
  const remove = ["node", "-e", "fs.rmdirSync(process.argv[1])", gone];
  const { code, err } = await run("--save", join(gone, "world.json"), "--", ...remove);
  expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/No snapshot was written to .*nowhere/) });
  expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
});
