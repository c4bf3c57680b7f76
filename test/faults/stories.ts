import { inspect, isDeepStrictEqual } from "node:util";
import { sidFor } from "../../src/simulator/sids";
import { everyByte, filesIn } from "../support/carried-files";
import { CUSTOMER, SMS_ADDRESS, type useContactCentre } from "../support/contact-centre";
import { webChatStories } from "./web-chat-stories";

type Centre = ReturnType<typeof useContactCentre>;

/** A story in which something may go wrong at any Twilio call of our Functions. It plays on whatever happens. */
export interface FaultStory {
  name: string;
  /** Up to where faults are of no interest. */
  begin?(centre: Centre): Promise<void>;
  play(centre: Centre): Promise<void>;
  /** What an agent does again who saw a failure. */
  again?(centre: Centre): Promise<void>;
  /** What must not have come of it, in words. */
  wrongs?(centre: Centre): string[];
}

const write = async (centre: Centre, body: string) => {
  centre.simulator.world().phones.send({ from: CUSTOMER, to: SMS_ADDRESS, body });
  await centre.simulator.settled();
};

/** Lets an agent do something, if there is something to do. */
async function tryTo(centre: Centre, act: () => unknown): Promise<void> {
  try {
    act();
  } catch {
    // The fault left the agent without the work item this step needs.
  }
  await centre.simulator.settled();
}

const deskOf = (centre: Centre) => centre.simulator.agent(centre.offeredTo() ?? "ada");

async function toAgent(centre: Centre): Promise<void> {
  await write(centre, "Hello");
  await write(centre, "1");
  await tryTo(centre, () => deskOf(centre).accept());
  await centre.simulator.advance(60);
}

/** A customer writes into what Flex closes. */
async function writeAsItCloses(centre: Centre, written: { body: string; media?: (typeof LAMP)[] }): Promise<void> {
  centre.simulator.world().phones.send({ from: CUSTOMER, to: SMS_ADDRESS, ...written });
  const [holder] = centre.state().reservations.filter(({ status }) => status === "accepted");
  const name = centre.state().workers.find(({ sid }) => sid === holder?.workerSid)?.friendlyName;
  const desk = centre.simulator.agent(name === "grace" ? "grace" : "ada");
  await tryTo(centre, () => desk.wrapUp());
  await tryTo(centre, () => desk.complete());
}

const LAMP = { contentType: "image/jpeg", filename: "lamp.jpg", content: everyByte(2_000) };
const BILL = { contentType: "application/pdf", filename: "bill.pdf", content: everyByte(1_000, 13) };

/** In the successor stands, in this order: the words, then each file with its bytes or a word in its place. */
function lateFilesOf(centre: Centre): string[] {
  const successor = centre.state().conversations.find(({ uniqueName }) => uniqueName?.startsWith("after."));
  const shown = filesIn(centre.simulator.world(), successor?.sid);
  const expected = ["Both of them", LAMP, BILL];
  const isRight = expected.every(
    (one, i) => isDeepStrictEqual(shown[i], one) || (i > 0 && typeof shown[i] === "string"),
  );
  return isRight && shown.length >= expected.length ? [] : [`the late Message became ${inspect(shown)}`];
}

const writeFirst = (centre: Centre, fields: Record<string, string>) =>
  fetch(`http://127.0.0.1:${centre.simulator.port}/outbound/start-interaction`, {
    method: "POST",
    body: new URLSearchParams({
      Token: centre.simulator.agent("ada").token(),
      idempotencyKey: "click-0001",
      ...fields,
    }),
  }).then(
    () => centre.simulator.settled(),
    () => centre.simulator.settled(),
  );

const click = (centre: Centre) => writeFirst(centre, { to: CUSTOMER, body: "Hello, this is us" });

/** Three SMS. */
const LONG = ["One", "Two", "Three"].map((word) => `${word} ${"lamp ".repeat(310)}`.trim()).join("\n\n");
const writeMuch = (centre: Centre) => writeFirst(centre, { to: CUSTOMER, body: LONG });

const WHATSAPP = "whatsapp:+15550101234";
const writeTemplate = (centre: Centre) => writeFirst(centre, { to: WHATSAPP, contentSid: sidFor("HX", "greeting") });

/** Each text reaches a phone once at most. */
function doubled(centre: Centre, customer: string): string[] {
  const heard = centre.heard(customer);
  return heard.filter((body, i) => heard.indexOf(body) !== i).map((body) => `"${body.slice(0, 10)}" came twice`);
}

export const stories: readonly FaultStory[] = [
  {
    name: "flow",
    async play(centre) {
      await write(centre, "Hello");
      await write(centre, "1");
    },
  },
  {
    name: "webhook",
    begin: (centre) => centre.bindToWebhook(),
    async play(centre) {
      await write(centre, "Hello");
      await write(centre, "Are you there?");
    },
  },
  {
    name: "canceled",
    async begin(centre) {
      for (const name of ["ada", "grace"] as const) centre.simulator.agent(name).setActivity("Offline");
      await write(centre, "Hello");
      await write(centre, "1");
    },
    async play(centre) {
      await tryTo(centre, () =>
        centre.simulator.world().taskrouter.cancelTask(centre.tasks()[0]?.sid ?? "", "canceled"),
      );
    },
  },
  { name: "closing race", begin: toAgent, play: (centre) => writeAsItCloses(centre, { body: "One more thing" }) },
  {
    name: "closing race with files",
    begin: toAgent,
    play: (centre) => writeAsItCloses(centre, { body: "Both of them", media: [LAMP, BILL] }),
    wrongs: lateFilesOf,
  },
  { name: "outbound", play: click, again: click },
  {
    name: "outbound to a Flow",
    begin: (centre) => write(centre, "Hello"),
    play: click,
    again: click,
  },
  {
    name: "outbound in several parts",
    play: writeMuch,
    again: writeMuch,
    wrongs: (centre) => doubled(centre, CUSTOMER),
  },
  {
    name: "outbound by a template",
    play: writeTemplate,
    again: writeTemplate,
    wrongs: (centre) => doubled(centre, WHATSAPP),
  },
  {
    name: "stop in the menu",
    begin: (centre) => write(centre, "Hello"),
    play: (centre) => write(centre, "STOP"),
    wrongs: (centre) => centre.tasks().map(({ sid }) => `STOP became work, ${sid}`),
  },
  ...webChatStories,
];
