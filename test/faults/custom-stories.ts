import { type CustomChannel, identityOf } from "../../src/channels/custom-identity";
import { unattended } from "../../src/simulator/levers/who-is-responsible";
import type { AgentName } from "../../src/simulator/seeds";
import type { useContactCentre } from "../support/contact-centre";
import { customTalks } from "../support/custom-talks";
import { realFile } from "../support/real-files";

export type Centre = ReturnType<typeof useContactCentre>;

/** A story of one customer on a channel of ours. It plays on whatever happens. */
export interface CustomStory {
  name: string;
  /** What the channel is bound to; told twice where it makes a difference. */
  bound: "a Flow" | "agents";
  /** Up to where faults are of no interest. */
  begin?(stage: Stage): Promise<void>;
  play(stage: Stage): Promise<void>;
}

/** Within the pauses of both platforms before they deliver again. */
const REST_SECONDS = 15;
/** A sweep leaves alone what was said later than this. */
const SETTLED_SECONDS = 130;
/** Viber's second pause; Telegram's are shorter. */
const REDELIVERED_SECONDS = 75;
const WATCHDOG_SECONDS = 21 * 60;

const PICTURE = { ...realFile("jpeg", 3_000), filename: "lamp.jpg" };
const BILL = { ...realFile("pdf", 5_000), filename: "bill.pdf" };

const USERS: Record<CustomChannel, string> = { telegram: "4711", viber: "Ana/of+viber==" };

/** Who is in a story, and what they can do, if there is anything to do it with. */
export function stageOf(centre: Centre, channel: CustomChannel) {
  const customer = identityOf({ channel, userId: USERS[channel] });
  const talks = customTalks(centre);
  const { simulator } = centre;
  const end = () => simulator.world().platforms.customer(customer);

  async function rest(seconds = REST_SECONDS): Promise<void> {
    await simulator.settled();
    await simulator.advance(seconds);
  }

  /** The fault may have left somebody without what this step needs. */
  async function tryTo(act: () => unknown): Promise<void> {
    await Promise.resolve()
      .then(act)
      .catch(() => undefined);
    await rest();
  }

  function holder(): AgentName | undefined {
    const { reservations, workers } = centre.state();
    const held = reservations.findLast(({ status }) => status === "accepted" || status === "wrapping");
    return workers.find(({ sid }) => sid === held?.workerSid)?.friendlyName as AgentName | undefined;
  }

  const desk = () => simulator.agent(holder() ?? centre.offeredTo() ?? "ada");

  /** An administrator's cron, where it finds something. */
  async function sweepWhatIsLeft(): Promise<void> {
    const isMarked = ({ attributes }: { attributes: string }) => "delivery" in (JSON.parse(attributes) as object);
    if (talks.said(customer).every(isMarked)) return;
    await rest(SETTLED_SECONDS);
    await talks.sweep();
  }

  return {
    ...{ channel, customer },
    writes: (body: string) => tryTo(() => end()?.send({ body })),
    sendsPicture: (body: string) => tryTo(() => end()?.send({ body, media: [PICTURE] })),
    reads: () => tryTo(() => end()?.read()),
    async agentAccepts(): Promise<void> {
      if (!centre.offeredTo()) await rest(WATCHDOG_SECONDS);
      await tryTo(() => desk().accept());
    },
    agentSays: (body: string) => tryTo(() => desk().reply(body)),
    agentSendsBill: () => tryTo(() => desk().reply("", undefined, [BILL])),
    /** With the customer's last words unread. */
    async agentHurries(body: string): Promise<void> {
      end()?.send({ body });
      await simulator.settled();
      await Promise.resolve(desk())
        .then((agent) => agent.wrapUp())
        .catch(() => undefined);
      await simulator.settled();
      await tryTo(() => desk().complete());
    },
    async agentCloses(): Promise<void> {
      await tryTo(() => desk().wrapUp());
      await tryTo(() => desk().complete());
    },
    sweepWhatIsLeft,
    /** Whatever is to come has come: what the platform brings again, the watchdog where somebody waits for it, a sweep. */
    async comesToRest(): Promise<void> {
      await rest(REDELIVERED_SECONDS);
      const isInQueue = centre.tasks().some(({ status }) => ["pending", "reserved", "assigned"].includes(status));
      if (!isInQueue || unattended(simulator.world()).length > 0) await rest(WATCHDOG_SECONDS);
      await sweepWhatIsLeft();
    },
  };
}

export type Stage = ReturnType<typeof stageOf>;

async function meetAgent(stage: Stage): Promise<void> {
  await stage.writes("Hello");
  await stage.writes("2");
  await stage.agentAccepts();
}

async function talk(stage: Stage): Promise<void> {
  await stage.agentSays("Hi **Ana**, which *lamp* is it?");
  await stage.agentSendsBill();
  await stage.reads();
  await stage.sendsPicture("This one");
  await stage.sweepWhatIsLeft();
}

async function comeBack(stage: Stage): Promise<void> {
  await stage.agentCloses();
  await stage.writes("Me again");
}

export const customStories: readonly CustomStory[] = [
  { name: "first contact", bound: "a Flow", play: meetAgent },
  { name: "a return", bound: "a Flow", begin: meetAgent, play: comeBack },
  { name: "first contact", bound: "agents", play: meetAgent },
  { name: "an agent", bound: "agents", begin: meetAgent, play: talk },
  { name: "a return", bound: "agents", begin: meetAgent, play: comeBack },
  { name: "a closing race", bound: "agents", begin: meetAgent, play: (stage) => stage.agentHurries("One more thing") },
];
