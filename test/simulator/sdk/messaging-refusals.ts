import { CUSTOMER, SENDER } from "../use-simulator";
import { type Refusal, refusal, type Sim, unknownSid } from "./refusal";
import { textTemplate } from "./use-majors";

const message = (sim: Sim, given: object) =>
  sim.twilio.messages.create({ to: CUSTOMER, from: SENDER, body: "Hi", ...given });
const sending = (code: number, because: string, given: object) =>
  refusal(code, 400, because, (sim) => () => message(sim, given));

const service = (sim: Sim) => sim.twilio.messaging.v1.services.create({ friendlyName: "Care" });
const pool = (sim: Sim, sid: string) => sim.twilio.messaging.v1.services(sid);
const number = async (sim: Sim) => String((await sim.twilio.incomingPhoneNumbers.list())[0]?.sid);

export const messagingRefusals: Refusal[] = [
  sending(21211, "the recipient is no number", { to: "somebody" }),
  sending(21212, "the sender is no number", { from: "us" }),
  sending(21266, "sender and recipient are one", { to: SENDER }),
  sending(21602, "there is no body", { body: undefined }),
  sending(21603, "there is no sender", { from: undefined }),
  sending(21617, "the body is too long", { body: "x".repeat(1601) }),
  sending(21654, "variables come without a template", { contentVariables: "{}" }),
  sending(21660, "the sender is not ours", { from: "+15550109999" }),
  sending(21910, "sender and recipient are of two channels", { to: `whatsapp:${CUSTOMER}` }),
  sending(63007, "the WhatsApp sender is not ours", { to: `whatsapp:${CUSTOMER}`, from: "whatsapp:+15550109999" }),
  refusal(21619, 400, "a Messaging Service gets nothing to send", async (sim) => {
    const messagingServiceSid = (await service(sim)).sid;
    await pool(sim, messagingServiceSid).phoneNumbers.create({ phoneNumberSid: await number(sim) });
    return () => message(sim, { from: undefined, messagingServiceSid, body: undefined });
  }),
  sending(21623, "there are eleven files", {
    mediaUrl: Array.from({ length: 11 }, () => "https://example.test/a.png"),
  }),
  refusal(
    21701,
    404,
    "the Messaging Service is unknown",
    (sim) => () => message(sim, { from: undefined, messagingServiceSid: unknownSid("MG") }),
  ),
  refusal(21703, 400, "the Messaging Service has no sender", async (sim) => {
    const messagingServiceSid = (await service(sim)).sid;
    return () => message(sim, { from: undefined, messagingServiceSid });
  }),
  refusal(21710, 409, "the number is in this Messaging Service", async (sim) => {
    const { phoneNumbers } = pool(sim, (await service(sim)).sid);
    const phoneNumberSid = await number(sim);
    await phoneNumbers.create({ phoneNumberSid });
    return () => phoneNumbers.create({ phoneNumberSid });
  }),
  refusal(21712, 409, "the number is in another Messaging Service", async (sim) => {
    const [one, other] = [await service(sim), await service(sim)];
    const phoneNumberSid = await number(sim);
    await pool(sim, one.sid).phoneNumbers.create({ phoneNumberSid });
    return () => pool(sim, other.sid).phoneNumbers.create({ phoneNumberSid });
  }),
  refusal(
    21421,
    400,
    "the number is none",
    (sim) => () => sim.twilio.incomingPhoneNumbers.create({ phoneNumber: "12" }),
  ),
  refusal(21610, 400, "the recipient wrote STOP", async (sim) => {
    await sim.simulator.customerSends(CUSTOMER, "STOP").catch(() => undefined);
    return () => message(sim, {});
  }),
  refusal(21656, 400, "variables are no JSON", async (sim) => {
    const { sid } = await sim.twilio.content.v1.contents.create(textTemplate("Hello {{1}}"));
    return () => message(sim, { contentSid: sid, contentVariables: "name" });
  }),
  refusal(
    21422,
    400,
    "the number is not for sale",
    (sim) => () => sim.twilio.incomingPhoneNumbers.create({ phoneNumber: "+14155550100" }),
  ),
];
