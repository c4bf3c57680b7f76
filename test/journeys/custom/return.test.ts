import { NO_FLOW_ON_OURS, useContactCentre } from "../../support/contact-centre";
import { useCustomChannel } from "../../support/custom-channel";

const readings = [
  { channel: "telegram", closedConversationKeepsUniqueName: true },
  { channel: "viber", closedConversationKeepsUniqueName: false },
] as const;

describe.each(readings)(
  "a customer on $channel who comes back (names kept: $closedConversationKeepsUniqueName)",
  ({ channel, ...switches }) => {
    const centre = useContactCentre({ ...NO_FLOW_ON_OURS, switches: { ...switches, flexCloseSendsStateEvent: true } });
    const { bring, message, says, said, live, conversations, identity, pointer } = useCustomChannel(centre, channel);
    const openTasks = () => centre.tasks().filter(({ status }) => ["pending", "reserved", "assigned"].includes(status));

    /** Written, answered, and done with. */
    async function served(text: string) {
      await says(text);
      const agent = centre.offeredTo() ?? "ada";
      await centre.agent(agent, "accept");
      await centre.agent(agent, "complete");
      await centre.simulator.advance(5);
    }

    /** By REST, of which no webhook tells. */
    async function closedUnheard() {
      for (const { sid } of live()) centre.simulator.world().conversations.setState(sid, "closed", "API", false);
    }

    it("after the pointer says closed gets their next Conversation, and a Task", async () => {
      await served("Hello");
      expect(live()).toEqual([]);
      expect(pointer()).toMatchObject({ n: 1, closed: true });
      expect(await says("Me again")).toBe(200);
      expect(said()).toEqual([["Hello"], ["Me again"]]);
      expect(live()).toMatchObject([{ uniqueName: `${identity()}.2` }]);
      expect(live()[0]?.webhooks).toHaveLength(2);
      expect(pointer()).toEqual({ conversation: live()[0]?.sid, n: 2, service: expect.stringMatching(/^IS/) });
      expect(openTasks()).toHaveLength(1);
    });

    it("before the pointer says so, too", async () => {
      await says("Hello");
      const agent = centre.offeredTo() ?? "ada";
      await centre.agent(agent, "accept");
      centre.functionFails("/hooks/conversation-events", 5);
      await centre.agent(agent, "complete");
      await centre.simulator.advance(5);
      expect(pointer()).not.toHaveProperty("closed");
      await says("Me again");
      expect(said()).toEqual([["Hello"], ["Me again"]]);
      expect(openTasks()).toHaveLength(1);
    });

    it("three times over has three Conversations, numbered", async () => {
      await served("One");
      await served("Two");
      await says("Three");
      expect(said()).toEqual([["One"], ["Two"], ["Three"]]);
      expect(pointer()).toMatchObject({ n: 3 });
    });

    it("five messages at once makes one Conversation more", async () => {
      await served("Hello");
      const texts = ["One", "Two", "Three", "Four", "Five"];
      expect(await Promise.all(texts.map((text) => bring(message(text))))).toEqual(texts.map(() => 200));
      await centre.simulator.settled();
      expect(said().map((all) => all.toSorted())).toEqual([["Hello"], texts.toSorted()]);
      expect(openTasks()).toHaveLength(1);
    });

    it("is found though nothing points at their Conversation any more", async () => {
      await says("Hello");
      await centre.twilio.sync.v1.services("default").documents(`contact.${identity()}`).remove();
      await centre.simulator.advance(11 * 60);
      await says("Still there?");
      expect(said()).toEqual([["Hello", "Still there?"]]);
      expect(pointer()).toMatchObject({ n: 1 });
    });

    it("to an agent who has them, though nothing points there any more, hears no Flow", async () => {
      await says("Hello", { who: 9 });
      await centre.agent(centre.offeredTo() ?? "ada", "accept");
      const flow = centre.state().flows.find(({ friendlyName }) => friendlyName === channel);
      const { documents } = centre.twilio.sync.v1.services("default");
      await documents.create({ uniqueName: `channel.${channel}`, data: { flowSid: flow?.sid } });
      await documents(`contact.${identity(9)}`).remove();
      await centre.simulator.advance(11 * 60);
      await says("Still there?", { who: 9 });
      expect(said(9)).toEqual([["Hello", "Still there?"]]);
      expect(live(9)[0]?.webhooks.map(({ target }) => target)).toEqual(["webhook", "webhook"]);
      expect(centre.state().executions).toEqual([]);
    });

    it("as nothing points at their closed ones is not led through all of them", async () => {
      for (let n = 1; n <= 20; n += 1) {
        const { sid } = centre.simulator.world().conversations.create({ uniqueName: `${identity(6)}.${n}` });
        centre.simulator.world().conversations.setState(sid, "closed", "API", false);
      }
      await says("Hello", { who: 6 });
      expect(said(6)).toEqual([["Hello"]]);
      expect(centre.callsOf("CreateConversation").length).toBeLessThanOrEqual(7);
    });

    it("writes while Flex closes: it goes on in their next Conversation, with the same routing and no menu", async () => {
      await says("Hello");
      const agent = centre.offeredTo() ?? "ada";
      await centre.agent(agent, "accept");
      await centre.simulator.advance(10);
      const late = message("One more thing");
      await bring(late);
      centre.simulator.agent(agent).complete();
      await centre.simulator.settled();
      await centre.simulator.advance(5);
      await bring(late);
      expect(said().at(-1)).toEqual(["One more thing"]);
      expect(live()).toHaveLength(1);
      expect(live()[0]?.attributes).toMatchObject({ channel, previousConversationSid: conversations()[0]?.sid });
      expect(live()[0]?.webhooks.map(({ target }) => target)).toEqual(["webhook", "webhook"]);
      expect(openTasks()).toHaveLength(1);
      expect(pointer()).toMatchObject({ conversation: live()[0]?.sid });
      await says("Hello?");
      expect(said().at(-1)).toEqual(["One more thing", "Hello?"]);
      expect(openTasks()).toHaveLength(1);
    });

    it("into the next one before the late words of the last have gone there: they follow", async () => {
      await says("Hello");
      const [first] = conversations();
      const agent = centre.offeredTo() ?? "ada";
      await centre.agent(agent, "accept");
      await centre.simulator.advance(10);
      await bring(message("One more thing"));
      await closedUnheard();
      await says("And another");
      centre.simulator.agent(agent).complete();
      await centre.simulator.settled();
      await centre.simulator.advance(5);
      expect(said().at(-1)).toEqual(["And another", "One more thing"]);
      expect(live()).toMatchObject([{ attributes: { previousConversationSid: first?.sid } }]);
      expect(openTasks()).toHaveLength(1);
    });
  },
);
