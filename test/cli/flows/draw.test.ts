import { readFileSync } from "node:fs";
import { cli, fixture, someFolder } from "./cli";
import { flowOf, state } from "./some-flow";

const folder = someFolder();
afterAll(folder.remove);

describe("flows draw", () => {
  it("prints an SVG, or writes it", async () => {
    const { code, out } = await cli("flows", "draw", "studio-flows/sms.json");
    expect(code).toBe(0);
    expect(out).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg".*<\/svg>$/s);
    const file = folder.write("sms.svg", "");
    expect(await cli("flows", "draw", "studio-flows/sms.json", "-o", file)).toEqual({ code: 0, out: "", err: "" });
    expect(readFileSync(file, "utf8")).toBe(`${out}\n`);
  });

  it("lights up the way of a script, and of a play that was kept", async () => {
    const script = ["--say", "hi", "--say", "2"];
    const { out } = await cli("flows", "draw", fixture("bike-shop"), ...script);
    expect(out).toMatch(/class="[^"]*taken[^"]*" data-state="set-rentals"/);
    expect(out).not.toMatch(/class="[^"]*taken[^"]*" data-state="set-repairs"/);
    const kept = folder.write("run.json", (await cli("flows", "run", fixture("bike-shop"), "--json", ...script)).out);
    expect((await cli("flows", "draw", fixture("bike-shop"), "--run", kept)).out).toBe(out);
  });

  it("shows nothing of a subflow in the drawing of its parent", async () => {
    const script = ["--say", "hi", "--say", "12345", "--stub", '/orders/status={"daysLate":2}'];
    const { out } = await cli("flows", "draw", fixture("order-status"), ...script);
    const [, trigger] = /data-state="Trigger">(.*?)<\/g>/s.exec(out) ?? [];
    expect(trigger).toMatch(/class="badge-text"[^>]*>1</);
  });

  it("draws what Studio would refuse, as far as it has states", async () => {
    const file = folder.write("odd.json", flowOf(state("over", "hangup", {})));
    expect(await cli("flows", "draw", file)).toMatchObject({ code: 0, out: expect.stringContaining(">hangup</text>") });
  });

  it("says why there is nothing to draw", async () => {
    expect(await cli("flows", "draw", fixture("before-version-2"))).toMatchObject({
      code: 1,
      err: expect.stringContaining("legacy-export"),
    });
    expect(await cli("flows", "draw", fixture("bike-shop"), "--run", "package.json")).toMatchObject({ code: 2 });
  });

  it("says where it cannot write", async () => {
    expect(await cli("flows", "draw", fixture("bike-shop"), "-o", "nowhere/x.svg")).toMatchObject({
      code: 2,
      err: expect.stringContaining("x.svg cannot be written: name a file in a folder"),
    });
  });
});
