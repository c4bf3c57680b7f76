import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { useWebhook } from "../simulator/platforms/use-webhook";
import { CHANNELS, useChannels } from "./use-channels";

const { centre, run, live, setVariables, binding, urlOf, says, taken, setWebhook } = useChannels();
const elsewhere = useWebhook();

const folder = mkdtempSync(join(tmpdir(), "channels-"));
const envFile = join(folder, ".env");
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(CHANNELS)("channels $channel", ({ channel, account, secret, first, customer }) => {
  it("connects, so that a customer's first message reaches the Function, and tells no secret", async () => {
    await run(channel, "disconnect");
    const { code, out, err } = await run(channel, "connect");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain(`Account     ${account}`);
    expect(out).toContain(`Webhook     ${await urlOf(channel)}\n`);
    expect(out).toContain("Flow        none: agents answer at once");
    expect(out).not.toContain(first);
    says(customer, "Hello");
    await centre.simulator.settled();
    expect(taken(customer)).toEqual(["Hello"]);
    expect((await run(channel, "connect")).out).toBe(out);
  });

  it("binds a Flow by name or SID, keeps it, and takes it away", async () => {
    const [flow] = centre.state().flows;
    expect((await run(channel, "connect", "--flow", flow?.friendlyName ?? "")).code).toBe(0);
    expect(binding(channel)).toEqual({ flowSid: flow?.sid });
    const { out } = await run(channel, "connect");
    expect(out).toContain(`Flow        ${flow?.friendlyName} (${flow?.sid})`);
    await run(channel, "connect", "--no-flow");
    expect(binding(channel)).toBeUndefined();
    await run(channel, "connect", "--flow", flow?.sid ?? "");
    expect(binding(channel)).toEqual({ flowSid: flow?.sid });
  });

  it("changes nothing for a Flow that there is not", async () => {
    await run(channel, "disconnect");
    const { code, err } = await run(channel, "connect", "--flow", "nonsense");
    expect(code).toBe(2);
    expect(err).toContain('There is no Flow "nonsense" in this account. There is: ');
    expect((await run(channel, "status")).out).toContain("Webhook     none");
  });

  it("shows all as JSON, and exits 0 while it is as it should be", async () => {
    const { code, out } = await run(channel, "status", "--json");
    expect(code).toBe(0);
    expect(out).not.toContain(first);
    expect(JSON.parse(out)).toMatchObject({
      channel,
      belongs: await urlOf(channel),
      platform: { account, url: await urlOf(channel) },
      problems: [],
    });
  });

  it("exits 1 where it is not connected, and where its Flow is gone, and says what to do", async () => {
    const flowSid = `FW${"0".repeat(32)}`;
    const documents = centre.twilio.sync.v1.services("default").documents;
    await documents.create({ uniqueName: `channel.${channel}`, data: { flowSid } });
    const lost = await run(channel, "status");
    expect(lost.code).toBe(1);
    expect(lost.out).toContain(`${flowSid} is no Flow of this account. Run: channels ${channel} connect --flow <name>`);
    await run(channel, "disconnect");
    const { code, out } = await run(channel, "status");
    expect(code).toBe(1);
    expect(out).toContain(`the channel is not connected. Run: channels ${channel} connect`);
    expect(binding(channel)).toBeUndefined();
  });

  it("names each variable that is missing or malformed, with the remedy, and asks nobody", async () => {
    const { variables } = await live();
    const token = channel === "telegram" ? "TELEGRAM_BOT_TOKEN" : "VIBER_AUTH_TOKEN";
    await setVariables({ [secret]: "short", [token]: undefined });
    for (const command of ["connect", "status", "disconnect"]) {
      const { code, out, err } = await run(channel, command);
      expect(code).toBe(command === "status" ? 1 : 2);
      expect(out + err).toContain(`${token}: is not set. Set ${token} in the environment file and deploy again`);
      expect(out + err).toContain(`${secret}: needs 32`);
    }
    await setVariables({ [token]: variables[token] });
  });

  it("leaves a webhook of somebody else's alone, says whose it is, and takes it over by force only", async () => {
    const url = `${elsewhere.url()}/bot?token=theirs`;
    await setWebhook(channel, url, "theirs");
    const refused = await run(channel, "connect");
    expect(refused.code).toBe(2);
    expect(refused.err).toContain(`The events of ${account} on ${channel} go to ${elsewhere.url()}/bot, which is not`);
    const shown = await run(channel, "status");
    expect(shown.code).toBe(1);
    expect(shown.out).toContain(`Events go to ${elsewhere.url()}/bot, and not to ${await urlOf(channel)}.`);
    expect(refused.err + shown.out).not.toContain("theirs");
    const left = await run(channel, "disconnect");
    expect(left.out).toContain("which is not ours: that was left alone");
    expect((await run(channel, "status")).out).toContain(`Webhook     ${elsewhere.url()}/bot`);
    expect((await run(channel, "connect", "--force")).out).toContain(`Webhook     ${await urlOf(channel)}`);
  });

  it("rotates its secret, and loses nothing that is written meanwhile", async () => {
    writeFileSync(envFile, `# Ours\nexport ${secret}=${first}\n${secret}_NEXT=\nOTHER=kept`, { mode: 0o640 });
    const said: string[] = [];
    const stop = centre.simulator.log.subscribe(({ kind, name }) => {
      if (!["rest", "platform"].includes(kind) || said.length > 20 || !/Variable|Deployment|ebhook/.test(name)) return;
      said.push(`${said.length} after ${name}`);
      says(customer, String(said.at(-1)));
    });
    const { code, out, err } = await run(channel, "connect", "--rotate", "--write-env", "--env", envFile);
    stop();
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const { variables } = await live();
    expect(variables[secret]).toMatch(/^[\w-]{43}$/);
    expect(variables).not.toHaveProperty(`${secret}_NEXT`);
    expect(out).not.toContain(variables[secret]);
    expect(readFileSync(envFile, "utf8")).toBe(
      `# Ours\nexport ${secret}=${variables[secret]}\n${secret}_NEXT=\nOTHER=kept`,
    );
    expect(statSync(envFile).mode & 0o777).toBe(0o640);
    says(customer, "after all");
    await centre.simulator.settled();
    await centre.simulator.advance(120);
    expect(said.length).toBeGreaterThan(6);
    expect(taken(customer)).toEqual([...said, "after all"].sort());
    expect((await run(channel, "status")).code).toBe(0);
  });

  it("rotates nothing unless the new secret is kept somewhere, and says how to where it cannot", async () => {
    const args = [channel, "connect", "--rotate"];
    const careless = await run(...args);
    expect(careless.code).toBe(2);
    expect(careless.err).toContain("add --write-env");
    const nowhere = await run(...args, "--write-env", "--env", join(folder, "nowhere.env"));
    expect(nowhere.code).toBe(2);
    expect(nowhere.err).toContain("nowhere.env to write to");
    expect((await live()).variables[secret]).toBe(first);
    const away = await run(...args, "--environment", "nowhere", "--domain", "care.example.com");
    expect(away.code).toBe(2);
    expect(away.err).toContain(`1. Set ${secret}_NEXT to a new secret`);
  });
});

describe("a rotation", () => {
  it.each([
    ["telegram", "before the webhook has the new secret", "CreateDeployment", 0],
    ["telegram", "before the old secret is gone", "DeleteVariable", 0],
    ["viber", "after the webhook has the new secret", "CreateDeployment", 1],
  ])("on %s and interrupted %s is gone on with", async (channel, _, operation, after) => {
    const { secret, customer } = CHANNELS.find((one) => one.channel === channel) ?? CHANNELS[0];
    centre.simulator.world().faults.add({ operation, kind: "refused", status: 500, after, times: 1 });
    const broken = await run(channel, "connect", "--rotate", "--print-secret");
    expect(broken.code).toBe(1);
    const { variables } = await live();
    const next = variables[`${secret}_NEXT`];
    expect(broken.out + broken.err).not.toContain(next);
    says(customer, "meanwhile");
    await centre.simulator.settled();
    const told = await run(channel, "status");
    expect(told.code).toBe(1);
    expect(told.out).toContain(`${secret}_NEXT is set: a rotation was not finished.`);
    const { code, out } = await run(channel, "connect", "--rotate", "--print-secret");
    expect(code).toBe(0);
    expect(out).toContain(`${secret}=${next}\n`);
    expect((await live()).variables).toMatchObject({ [secret]: next });
    expect((await run(channel, "status")).code).toBe(0);
    says(customer, "afterwards");
    await centre.simulator.settled();
    expect(taken(customer)).toEqual(["afterwards", "meanwhile"]);
  });
});

describe("channels telegram status", () => {
  it("shows what waits and why, after the Function has failed", async () => {
    centre.functionFails("/inbound/telegram", 3);
    says("telegram_4711", "Hello");
    await centre.simulator.settled();
    const { code, out } = await run("telegram", "status");
    expect(code).toBe(1);
    expect(out).toMatch(/Pending {5}1\n {2}Last error {2}Wrong response from the webhook: 500 \(20\d\d-.*Z\)/);
    expect(out).toContain("The log of the Function /inbound/telegram says more");
    await centre.simulator.advance(10);
    expect(taken("telegram_4711")).toEqual(["Hello"]);
  });

  it("knows a secret that is not ours by its refusals; connecting again mends it, and nothing is lost", async () => {
    await setWebhook("telegram", await urlOf("telegram"), "theirs");
    says("telegram_4711", "Hello");
    await centre.simulator.settled();
    const { code, out } = await run("telegram", "status");
    expect(code).toBe(1);
    expect(out).toContain("The secrets differ. Run: channels telegram connect");
    await run("telegram", "connect");
    expect(taken("telegram_4711")).toEqual(["Hello"]);
  });
});

describe("channels viber status", () => {
  it("knows a key that is not ours by the webhook's URL, and which events do not come", async () => {
    await setVariables({ VIBER_WEBHOOK_KEY_NEXT: "another-key-that-is-right-for-now-0001" });
    await setWebhook("viber", `${await urlOf("viber")}?key=another-key-that-is-right-for-now-0001`, "");
    expect((await run("viber", "status")).out).not.toContain("another secret");
    await setVariables({ VIBER_WEBHOOK_KEY_NEXT: undefined });
    const { code, out } = await run("viber", "status");
    expect(code).toBe(1);
    expect(out).toContain("Events come with another secret than VIBER_WEBHOOK_KEY. Run: channels viber connect");
    expect(out).not.toContain("another-key");
  });
});
