import { SENDER, useSimulator } from "../use-simulator";

const sim = useSimulator();
const addresses = () => sim.conversations.addressConfigurations;

describe("the address of a configuration", () => {
  it.each([
    ["whatsapp", "whatsapp:+15550100200"],
    ["messenger", "messenger:100200300400500"],
    ["email", "help@example.com"],
    ["apple", "urn:mbid:AQAAYyUbut6E4B3T9FLv5EbG"],
    ["rcs", "rcs:lamps_agent"],
    ["chat", "any name at all"],
    ["SMS", SENDER],
    ["WhatsApp", "whatsapp:+15550100200"],
  ])("may be, for %s, %s, and its type is echoed as it was spelled", async (type, address) => {
    expect(await addresses().create(Object.assign({ type: "sms" as const, address }, { type }))).toMatchObject({
      type,
      address,
    });
    expect(await addresses()(address).fetch()).toMatchObject({ type, address });
  });

  it.each([
    ["sms", "whatsapp:+15550100200", 50407],
    ["sms", "5550100100x", 50407],
    ["whatsapp", SENDER, 50407],
    ["messenger", "100200300400500", 50407],
    ["email", "help", 50407],
    ["apple", "AQAAYyUb", 50407],
    ["chat", "x".repeat(257), 50407],
    ["sms", "+15550999999", 50413],
  ] as const)("cannot be, for %s, %s", async (type, address, code) => {
    await expect(addresses().create({ type, address })).rejects.toMatchObject({ status: 400, code });
    expect(await addresses().list()).toEqual([]);
  });

  it("has a country where it is a short code", async () => {
    const { sid } = await addresses().create({ type: "chat", address: "desk", addressCountry: "CA" });
    expect(await addresses()(sid).fetch()).toMatchObject({ addressCountry: "CA" });
    const bad = addresses().create({ type: "chat", address: "other", addressCountry: "Canada" });
    await expect(bad).rejects.toMatchObject({ status: 400 });
  });
});

it("is not served for Participants on RCS, rather than refused as an address of no channel", async () => {
  const { sid } = await sim.conversations.conversations.create();
  const rcs = { "messagingBinding.address": "rcs:+15550101234", "messagingBinding.proxyAddress": "rcs:lamps_agent" };
  await expect(sim.conversations.conversations(sid).participants.create(rcs)).rejects.toMatchObject({ status: 501 });
});
