import { cpSync, existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { BUILD, copyProject, type Project } from "../deploy/project";
import { follow, readSteps } from "./read-steps";

/** Somebody who follows the page, and does nothing that it does not say. */
const PAGE = "docs/new-channel.md";
const steps = readSteps(PAGE);

const NEEDED = ["test", "tsconfig.json", ".biome.json", ".gitignore", ".github", ".env.example", "README.md", "assets"];

/** Compilers and tests of another project take their time. */
jest.setTimeout(120_000);

let project: Project;
beforeAll(() => {
  project = copyProject();
  for (const name of NEEDED) {
    if (existsSync(name)) cpSync(name, join(project.root, name), { recursive: true });
  }
});
afterAll(() => project.delete());

const tool = (path: string) => resolve("node_modules", path);
const written = [...new Set(steps.flatMap((step) => ("path" in step ? [step.path] : [])))];

describe("docs/new-channel.md", () => {
  it("names no file that is neither here nor made by one of its steps", () => {
    const named = readFileSync(PAGE, "utf8").matchAll(/`((?:src|test|docs|studio-flows)\/[\w./-]+)`/g);
    const missing = [...named].flatMap(([, path = ""]) =>
      existsSync(path) || written.some((one) => one === path || one.startsWith(`${path}/`)) ? [] : [path],
    );
    expect(missing).toEqual([]);
  });

  it("has no step that does not fit what is here", () => {
    for (const step of steps) follow(step, project);
    expect(steps.length).toBeGreaterThan(20);
  });

  it("leads to code in the project's types and style", async () => {
    const checked = written.filter((path) => /\.(ts|json)$/.test(path));
    // Other tests may go through every channel, and want a row for the new one, which the page leaves to its reader.
    const include = ["src", ...checked.filter((path) => path.endsWith(".test.ts"))];
    project.write("tsconfig.steps.json", JSON.stringify({ extends: "./tsconfig.json", include }));
    const [types, style] = await Promise.all([
      project.run(tool("typescript/bin/tsc"), ["--noEmit", "--project", "tsconfig.steps.json"]),
      project.run(tool("@biomejs/biome/bin/biome"), ["check", ...checked]),
    ]);
    expect(types).toEqual({ code: 0, out: "", err: "" });
    expect({ ...style, err: style.code === 0 ? "" : style.err }).toEqual({ code: 0, out: "", err: "" });
  });

  it("leads to a Flow as good as the one it was made of, and to commands of its own", async () => {
    expect(await project.run(BUILD, [])).toEqual({ code: 0, out: "", err: "" });
    const cli = join(project.root, "dist/tools/cli.js");
    const lint = (name: string) => project.run(cli, ["flows", "lint", `studio-flows/${name}.json`]);
    const [ours, theirs, help] = await Promise.all([
      lint("parrot"),
      lint("telegram"),
      project.run(cli, ["channels", "parrot", "connect", "--help"]),
    ]);
    expect({ ...ours, out: ours.out.replaceAll("parrot", "telegram") }).toEqual(theirs);
    expect(help.out).toContain("registers the webhook /inbound/parrot");
  });

  it("leads to a channel that keeps the adapters' contract, and on which a customer and an agent talk", async () => {
    const suites = [
      ...["test/channels/parrot", "test/journeys/custom/parrot", "test/deploy/variables", "test/deploy/workflows"],
      ...["test/build", "test/architecture", "test/channels/limits"],
    ];
    const { code, err } = await project.run(tool("jest/bin/jest.js"), ["--runInBand", ...suites]);
    expect({ code, failures: code === 0 ? "" : err }).toEqual({ code: 0, failures: "" });
    expect(err).toContain(`Test Suites: ${suites.length} passed`);
  });
});
