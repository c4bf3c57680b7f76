import { useContactCentre } from "../support/contact-centre";
import { useCustomChannel } from "../support/custom-channel";
import { CUSTOM_CHANNELS, customTalks } from "../support/custom-talks";
import { realFile } from "../support/real-files";

const NAME = "Canaria Nightingale";
const WORDS = "the canary sings of a secret";
const FILE = "canary-of-hers.pdf";

/** Whatever a story on a channel of ours asks of Twilio, and of its platform. */
const OPERATIONS = [
  ...["FetchDocument", "CreateDocument", "UpdateDocument", "CreateConversation", "FetchConversation"],
  ...["CreateConversationMessage", "ListConversationMessage", "UpdateConversationMessage", "UpdateConversation"],
  ...["CreateConversationParticipant", "CreateConversationScopedWebhook", "CreateInteraction", "UpdateTask"],
  ...[
    "CreateMedia",
    "FetchMedia",
    "telegram sendMessage",
    "telegram sendDocument",
    "telegram getFile",
    "telegram file",
  ],
  ...["viber send_message", "viber media"],
];
const MISHAPS = [{ status: 500 }, { status: 403 }];

/** The centre looks after each test at all that was printed: for names, words, addresses, names of files and secrets. */
const centre = useContactCentre({ processes: 1 });
const talks = customTalks(centre);
const world = () => centre.simulator.world();

describe.each(CUSTOM_CHANNELS)("a whole story on $channel", ({ channel, customer }) => {
  const platformEvents = useCustomChannel(centre, channel);
  const end = () => {
    const end = world().platforms.customer(customer);
    if (channel === "telegram") world().platforms.telegram.user(4711).is({ firstName: NAME, lastName: WORDS });
    return end;
  };
  const act = async (deed: () => unknown) => {
    await deed();
    await centre.simulator.settled();
  };

  /** What a platform is answered is no word too much. */
  async function brings(event: object): Promise<void> {
    const { path, headers, body } = platformEvents.sealed(event);
    const answer = await fetch(`http://127.0.0.1:${centre.simulator.port}${path}`, { method: "POST", headers, body });
    const text = await answer.text();
    if (answer.status === 200) expect(text).toBe("{}");
    else {
      expect(JSON.parse(text)).toEqual({
        error: {
          code: expect.stringMatching(/^[a-z_]+$/),
          message: "Something failed on our side. The log has the details under this request id.",
          requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        },
      });
    }
    await centre.simulator.settled();
  }

  async function story(): Promise<void> {
    await act(() => end()?.send({ body: WORDS }));
    await act(() => end()?.send({ body: "2" }));
    const name = centre.offeredTo();
    if (name) {
      await centre.agent(name, "accept");
      await talks.replies(name, `${WORDS}: answered`);
      await talks.replies(name, "", { ...realFile("pdf", 2_000), filename: FILE });
    }
    await act(() => end()?.send({ body: `${WORDS} too`, media: [{ ...realFile("jpeg", 2_000), filename: FILE }] }));
    await act(() => end()?.read());
    await brings(platformEvents.message(WORDS));
    await brings(platformEvents.edit("1001", WORDS));
    await brings(platformEvents.receipt("1001", "seen"));
    await brings(platformEvents.reach(false));
    await brings(platformEvents.reach(true));
    if (name) {
      await centre.agent(name, "wrapUp");
      await centre.agent(name, "complete");
    }
  }

  it("leaves nothing of it in the log", async () => {
    await story();
    await centre.simulator.advance(3_600);
    await act(() => end()?.send({ body: WORDS }));
    expect(talks.messages(customer).length).toBeGreaterThan(6);
  });

  it.each(MISHAPS)(
    "that goes wrong at every call by %j leaves nothing of it in log and answers",
    async (mishap) => {
      for (const operation of OPERATIONS) world().faults.add({ operation, ...mishap, times: 4 });
      await story();
      world().faults.clear();
      await story();
    },
    120_000,
  );
});
