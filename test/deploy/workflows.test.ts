import { readFileSync } from "node:fs";
import { variables } from "../../src/config/variables";

const deploy = readFileSync(".github/workflows/deploy.yml", "utf8");

describe("the deploy workflow", () => {
  it("hands over every variable, and as secrets the secret ones and the credentials", () => {
    for (const { name, secret } of variables) {
      expect(deploy).toContain(`          ${name}: \${{ ${secret ? "secrets" : "vars"}.${name} }}\n`);
    }
    expect([...deploy.matchAll(/secrets\.(\w+)/g)].map(([, name]) => name)).toEqual([
      ...variables.filter(({ secret }) => secret).map(({ name }) => name),
      "TWILIO_ACCOUNT_SID",
      "TWILIO_AUTH_TOKEN",
    ]);
    const [, listed = ""] = /for name in ([^;]*);/.exec(deploy) ?? [];
    expect(listed.split(/[\s\\]+/)).toEqual(variables.map(({ name }) => name));
  });

  it("puts no expression into a script, where its value could become part of it", () => {
    const scripts = [...deploy.matchAll(/^ +(?:- )?run: (?:\|\n((?: {10}.*\n)+)|(.*)\n)/gm)].map(([whole]) => whole);
    expect(scripts.length).toBeGreaterThan(2);
    expect(scripts.filter((script) => script.includes("${{"))).toEqual([]);
  });
});
