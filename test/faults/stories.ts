import { CUSTOMER, SMS_ADDRESS, type useContactCentre } from "../support/contact-centre";

type Centre = ReturnType<typeof useContactCentre>;

/** A story in which something may go wrong at any Twilio call of our Functions. It plays on whatever happens. */
export interface FaultStory {
  name: string;
  /** Up to where faults are of no interest. */
  begin?(centre: Centre): Promise<void>;
  play(centre: Centre): Promise<void>;
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

export const click = (centre: Centre) =>
  fetch(`http://127.0.0.1:${centre.simulator.port}/outbound/start-interaction`, {
    method: "POST",
    body: new URLSearchParams({
      Token: centre.simulator.agent("ada").token(),
      to: CUSTOMER,
      body: "Hello, this is us",
      idempotencyKey: "click-0001",
    }),
  }).then(
    () => centre.simulator.settled(),
    () => centre.simulator.settled(),
  );

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
  {
    name: "closing race",
    begin: toAgent,
    async play(centre) {
      centre.simulator.world().phones.send({ from: CUSTOMER, to: SMS_ADDRESS, body: "One more thing" });
      const [holder] = centre.state().reservations.filter(({ status }) => status === "accepted");
      const name = centre.state().workers.find(({ sid }) => sid === holder?.workerSid)?.friendlyName;
      const desk = centre.simulator.agent(name === "grace" ? "grace" : "ada");
      await tryTo(centre, () => desk.wrapUp());
      await tryTo(centre, () => desk.complete());
    },
  },
  { name: "outbound", play: click },
  {
    name: "outbound to a Flow",
    begin: (centre) => write(centre, "Hello"),
    play: click,
  },
];
