import { parseAddresses } from "../../src/deploy/apply-address";

const parse = (...addresses: object[]) => parseAddresses(JSON.stringify(addresses));

it("takes an address of each type, bound to a Flow or to a Function", () => {
  const addresses = [
    { type: "sms", address: "+15550100100", flow: "sms" },
    { type: "whatsapp", address: "whatsapp:+15550100200", webhook: "inbound/message-added" },
    { type: "messenger", address: "messenger:100200300400500", flow: "messenger" },
    { type: "chat", address: "web-chat", flow: "web-chat" },
  ];
  expect(parse(...addresses)).toEqual(addresses);
});

it.each([
  [{ type: "sms", address: "whatsapp:+15550100200", flow: "sms" }, "the address is not one of its type"],
  [{ type: "whatsapp", address: "+15550100200", flow: "whatsapp" }, "the address is not one of its type"],
  [{ type: "messenger", address: "messenger:", flow: "messenger" }, "the address is not one of its type"],
  [{ type: "sms", address: "+15550100100" }, "name a flow or a webhook"],
  [{ type: "sms", address: "+15550100100", flow: "sms", webhook: "x" }, "name a flow or a webhook"],
  [{ type: "fax", address: "+15550100100", flow: "sms" }, "#/1/type"],
])("says which entry is wrong, and why: %j", (wrong, words) => {
  const right = { type: "sms", address: "+15550100100", flow: "sms" };
  expect(() => parse(right, wrong)).toThrow(words);
  expect(() => parse(right, wrong)).toThrow("studio-flows/addresses.json #/1");
});
