import { readdirSync, readFileSync, statSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { dependencies } from "../../package.json";

/** Every route that is deployed, and who may call it. */
const ROUTES = {
  "/flex/send-to-flex": "protected",
  "/hooks/conversation-events": "protected",
  "/hooks/task-events": "protected",
  "/inbound/before-message": "protected",
  "/inbound/message-added": "protected",
  "/inbound/telegram": "public",
  "/inbound/viber": "public",
  "/maintenance/sweep": "public",
  "/outbound/start-interaction": "public",
  "/relay/message-added": "protected",
  "/studio/customer-context": "protected",
  "/studio/opening-hours": "protected",
  "/studio/say": "protected",
  "/webchat/end": "public",
  "/webchat/refresh-token": "public",
  "/webchat/start": "public",
  "/webchat/transcript": "public",
};

const BUDGET_BYTES = 150 * 1024;
const root = "dist/functions";
const bundles = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) =>
  statSync(join(root, file)).isFile(),
);

const routeOf = (file: string) => `/${file.replace(/(\.protected|\.private)?\.js$/, "")}`;
const accessOf = (file: string) => /\.(protected|private)\.js$/.exec(file)?.[1] ?? "public";

describe("dist/functions", () => {
  it("holds exactly the routes we mean to publish, each with its access", () => {
    expect(Object.fromEntries(bundles.map((file) => [routeOf(file), accessOf(file)]))).toEqual(ROUTES);
  });

  it.each(bundles)("%s requires only Node and what Twilio installs", (file) => {
    const source = readFileSync(join(root, file), "utf8");
    const required = [...source.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => String(name));
    const packages = Object.keys(dependencies);
    const isKnown = (name: string) =>
      builtinModules.includes(name.replace(/^node:/, "")) ||
      packages.some((known) => name === known || name.startsWith(`${known}/`));
    expect(required.filter((name) => !isKnown(name))).toEqual([]);
  });

  it.each(bundles)("%s stays under 150 KB", (file) => {
    expect(statSync(join(root, file)).size).toBeLessThan(BUDGET_BYTES);
  });

  it.each(bundles)("%s carries nothing of the simulator or of this machine", (file) => {
    const source = readFileSync(join(root, file), "utf8");
    expect(source).not.toContain("simulator");
    expect(source).not.toContain(process.cwd());
  });

  it("asks for exact versions of what Twilio installs", () => {
    for (const version of Object.values(dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
