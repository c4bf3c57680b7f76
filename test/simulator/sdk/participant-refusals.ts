import { CUSTOMER, PAIR, SENDER } from "../use-simulator";
import { type Refusal, refusal, type Sim, unknownSid } from "./refusal";

const FRIEND = "+15550105678";
const WHATSAPP = `whatsapp:${CUSTOMER}`;

interface Member {
  identity?: string;
  address?: string;
  proxy?: string;
  projected?: string;
  roleSid?: string;
}

const memberOf = ({ identity, address, proxy, projected, roleSid }: Member) => ({
  ...(identity === undefined ? {} : { identity }),
  ...(address === undefined ? {} : { "messagingBinding.address": address }),
  ...(proxy === undefined ? {} : { "messagingBinding.proxyAddress": proxy }),
  ...(projected === undefined ? {} : { "messagingBinding.projectedAddress": projected }),
  ...(roleSid === undefined ? {} : { roleSid }),
});

const conversations = (sim: Sim) => sim.conversations.conversations;
const ADA: Member = { identity: "ada", projected: SENDER };
const [PHONE, OTHER]: [Member, Member] = [{ address: CUSTOMER }, { address: FRIEND }];

async function holding(sim: Sim, members: readonly Member[]) {
  const { sid } = await conversations(sim).create();
  const { participants } = conversations(sim)(sid);
  for (const member of members) await participants.create(memberOf(member));
  return participants;
}

/** Whoever comes to those is refused. */
const joining = (code: number, status: number, because: string, newcomer: Member, members: readonly Member[] = []) =>
  refusal(code, status, because, async (sim) => {
    const participants = await holding(sim, members);
    return () => participants.create(memberOf(newcomer));
  });

/** The first of those cannot be changed so. */
const changing = (code: number, because: string, member: Member, change: object) =>
  refusal(code, 400, because, async (sim) => {
    const participants = await holding(sim, [member]);
    const [first] = await participants.list();
    return () => participants(String(first?.sid)).update(change);
  });

const coming: Refusal[] = [
  joining(50109, 404, "a Participant's Role is unknown", { identity: "visitor", roleSid: unknownSid("RL") }),
  joining(50204, 400, "a Participant is nobody", {}),
  joining(50211, 400, "a Participant has an identity and a binding", {
    identity: "a",
    address: CUSTOMER,
    proxy: SENDER,
  }),
  joining(50407, 400, "the address is none", { address: "somebody", proxy: SENDER }),
  joining(50408, 400, "the proxy address is none", { address: CUSTOMER, proxy: "us" }),
  joining(50409, 400, "the address is the proxy", { address: SENDER, proxy: SENDER }),
  joining(50411, 400, "the address is empty", { address: "", proxy: SENDER }),
  joining(50412, 400, "the proxy address is empty", { address: CUSTOMER, proxy: "" }),
  joining(50413, 400, "the proxy is not ours", { address: CUSTOMER, proxy: "+15550109999" }),
  joining(50414, 400, "address and proxy are of two channels", { address: WHATSAPP, proxy: SENDER }),
  joining(50415, 400, "the proxy is no WhatsApp sender", { address: WHATSAPP, proxy: `whatsapp:${SENDER}` }),
  joining(50433, 409, "the identity is in already", { identity: "visitor" }, [{ identity: "visitor" }]),
  refusal(50416, 409, "the pair is in another open Conversation", async (sim) => {
    await holding(sim, [{ address: CUSTOMER, proxy: SENDER }]);
    const participants = await holding(sim, []);
    return () => participants.create(PAIR);
  }),
  refusal(50403, 400, "a thousand are in already", async (sim) => {
    const { sid } = await conversations(sim).create();
    for (let count = 0; count < 1000; count += 1) {
      const identity = `visitor_${count}`;
      sim.world.conversations.addParticipant(sid, { identity, source: "API", webhooks: false });
    }
    return () => conversations(sim)(sid).participants.create({ identity: "one-too-many" });
  }),
  refusal(50214, 400, "they are in a thousand Conversations", async (sim) => {
    const busy = { identity: "busy", source: "API", webhooks: false } as const;
    for (let count = 0; count < 1000; count += 1) {
      sim.world.conversations.addParticipant(sim.world.conversations.create({}).sid, busy);
    }
    const participants = await holding(sim, []);
    return () => participants.create({ identity: "busy" });
  }),
  refusal(50418, 400, "fifty phones are in already", async (sim) => {
    const { sid } = await conversations(sim).create();
    for (let count = 0; count < 50; count += 1) {
      const binding = { type: "sms", address: `+1555010${6000 + count}`, proxyAddress: SENDER } as const;
      sim.world.conversations.addParticipant(sid, { binding, source: "API", webhooks: false });
    }
    return () => conversations(sim)(sid).participants.create(PAIR);
  }),
  refusal(50425, 409, "a pair of a new Conversation is taken", async (sim) => {
    await holding(sim, [{ address: CUSTOMER, proxy: SENDER }]);
    const binding = { address: CUSTOMER, proxy_address: SENDER };
    const participant = [JSON.stringify({ messaging_binding: binding })];
    return () => sim.conversations.conversationWithParticipants.create({ participant });
  }),
  refusal(50426, 400, "a new Conversation has eleven Participants", (sim) => () => {
    const participant = Array.from({ length: 11 }, (_, index) => JSON.stringify({ identity: `visitor_${index}` }));
    return sim.conversations.conversationWithParticipants.create({ participant });
  }),
];

const inGroups: Refusal[] = [
  joining(50434, 400, "a chat member of a group has no projected address", { identity: "grace" }, [ADA, PHONE]),
  joining(50435, 400, "a group is made of somebody who cannot be in one", PHONE, [{ identity: "ada" }]),
  joining(50436, 400, "a group has ten members", OTHER, [
    ADA,
    ...Array.from({ length: 9 }, (_, index) => ({ address: `+1555010700${index}` })),
  ]),
  joining(50437, 409, "the phone is in the group", PHONE, [ADA, PHONE]),
  refusal(50438, 409, "another group has the same members", async (sim) => {
    await holding(sim, [ADA, PHONE, OTHER]);
    const participants = await holding(sim, [ADA, PHONE]);
    return () => participants.create(memberOf(OTHER));
  }),
  joining(50439, 400, "the projected address is not ours", { identity: "ada", projected: FRIEND }),
];

const staying: Refusal[] = [
  refusal(50432, 404, "the Participant is unknown", async (sim) => {
    const participants = await holding(sim, []);
    return () => participants(unknownSid("MB")).fetch();
  }),
  changing(50421, "what was read has a negative index", { identity: "visitor" }, { lastReadMessageIndex: -1 }),
  changing(50440, "there is no proxy to take away", PHONE, { "messagingBinding.proxyAddress": "null" }),
  changing(50441, "a chat member gets a proxy", { identity: "ada" }, { "messagingBinding.proxyAddress": SENDER }),
  changing(
    50442,
    "there is no projected address",
    { identity: "ada" },
    { "messagingBinding.projectedAddress": "null" },
  ),
  changing(50443, "a phone gets a projected address", PHONE, { "messagingBinding.projectedAddress": SENDER }),
  changing(50444, "a phone gets an identity", PHONE, { identity: "ada" }),
];

export const participantRefusals = [...coming, ...inGroups, ...staying];
