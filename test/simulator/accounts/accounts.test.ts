import twilio from "twilio";
import { useSimulator } from "../use-simulator";

const sim = useSimulator();
const keys = () => sim.twilio.keys;
const clientOf = (key: { sid: string; secret: string }) =>
  twilio(key.sid, key.secret, { accountSid: sim.simulator.account.sid });

describe("the account", () => {
  it("is one, and says so", async () => {
    const { sid } = sim.simulator.account;
    expect(await sim.twilio.api.v2010.accounts(sid).fetch()).toMatchObject({ sid, status: "active", type: "Full" });
    expect(await sim.twilio.api.v2010.accounts.list()).toMatchObject([{ sid }]);
    expect(await sim.twilio.api.v2010.accounts.list({ status: "closed" })).toEqual([]);
  });

  it("finds nothing of another account", async () => {
    const other = `AC${"f".repeat(32)}`;
    await expect(sim.twilio.api.v2010.accounts(other).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
    await expect(sim.twilio.api.v2010.accounts(other).messages.list()).rejects.toMatchObject({ status: 404 });
  });
});

describe("an API key", () => {
  it("is there from the start, and opens everything else", async () => {
    const client = clientOf(sim.simulator.account.apiKey);
    const { sid } = await client.conversations.v1.conversations.create();
    expect(await client.messages.list()).toEqual([]);
    expect((await keys().list()).map((key) => key.sid)).toEqual([sim.simulator.account.apiKey.sid]);
    expect(sim.simulator.state().conversations).toMatchObject([{ sid }]);
  });

  it("tells its secret once, opens what it may, and nothing once it is deleted", async () => {
    const { sid, secret, friendlyName } = await sim.twilio.newKeys.create({ friendlyName: "CI" });
    const client = clientOf({ sid, secret });
    expect({ friendlyName, length: secret.length }).toEqual({ friendlyName: "CI", length: 32 });
    expect(await keys()(sid).fetch()).not.toHaveProperty("secret");
    expect(await client.messages.list()).toEqual([]);
    await keys()(sid).remove();
    await expect(client.messages.list()).rejects.toMatchObject({ status: 401, code: 20003 });
    await expect(keys()(sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  });

  it("takes another name", async () => {
    const { sid } = await sim.twilio.newKeys.create();
    await keys()(sid).update({ friendlyName: "Renamed" });
    expect(await keys()(sid).fetch()).toMatchObject({ sid, friendlyName: "Renamed" });
  });

  it("does not open what is the account's alone", async () => {
    const { apiKey, sid } = sim.simulator.account;
    const { v2010 } = clientOf(apiKey).api;
    const refusal = { status: 401, code: 20003 };
    await expect(v2010.accounts(sid).fetch()).rejects.toMatchObject(refusal);
    await expect(v2010.accounts.list()).rejects.toMatchObject(refusal);
    await expect(v2010.account.keys.list()).rejects.toMatchObject(refusal);
    await expect(v2010.account.newKeys.create()).rejects.toMatchObject(refusal);
    await expect(v2010.account.keys(apiKey.sid).remove()).rejects.toMatchObject(refusal);
    await expect(v2010.account.signingKeys.list()).rejects.toMatchObject(refusal);
  });
});

describe("whoever shows other credentials", () => {
  const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;

  it.each([
    ["nothing", () => ""],
    ["a word", () => "Basic"],
    ["what is not base64", () => "Basic %%%"],
    ["no colon", () => basic("nobody")],
    ["no password", () => basic(`${sim.simulator.account.sid}:`)],
    ["nobody's empty password", () => basic("nobody:")],
    ["a wrong secret", () => basic(`${sim.simulator.account.apiKey.sid}:wrong`)],
    [
      "the account's token for the key",
      () => basic(`${sim.simulator.account.apiKey.sid}:${sim.simulator.account.authToken}`),
    ],
    [
      "the key's secret for the account",
      () => basic(`${sim.simulator.account.sid}:${sim.simulator.account.apiKey.secret}`),
    ],
    ["another scheme", () => `Bearer ${sim.simulator.account.authToken}`],
  ])("is refused alike: %s", async (_, authorization) => {
    const answer = await sim.call(
      "GET",
      "https://conversations.twilio.com/v1/Conversations",
      undefined,
      authorization(),
    );
    expect(answer).toMatchObject({ status: 401, body: { code: 20003, message: "Authenticate" } });
  });
});
