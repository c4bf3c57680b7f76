import { type Twilio, Twilio as TwilioClient } from "twilio";
import { parseFlowSource } from "../../../deploy/flow-source";
import { redirectTwilioHosts } from "../../../simulator/redirect/redirect-twilio";
import { type Simulator, startSimulator } from "../../../simulator/simulator";
import type { Json } from "../../../simulator/studio/json";
import { openContactCentre } from "../../offline/contact-centre";
import type { FlowFile } from "../read-flow-file";
import type { PlayOptions } from "./play-flow";
import { makeAtHome } from "./stand-ins";
import { standInFor } from "./stubs";

/** A Flow, published in a simulated account and bound to nothing yet. */
export interface Stage {
  simulator: Simulator;
  twilio: Twilio;
  flowSid: string;
  definition: Json;
  /** With our Functions. */
  ours: boolean;
  notes: string[];
  stop(): Promise<void>;
}

type Options = Pick<PlayOptions, "stubs" | "seeds" | "switches">;

/** Our own sources are played with our Functions, anybody else's Flow in an account that has nothing else. */
export function openStage(flow: FlowFile, options: Options): Promise<Stage> {
  return flow.ours ? ourStage(flow, options) : strangersStage(flow, options);
}

async function ourStage({ name, definition }: FlowFile, { stubs, ...options }: Options): Promise<Stage> {
  const notes: string[] = [];
  const centre = await openContactCentre({
    ...options,
    flows: [parseFlowSource(name, JSON.stringify(definition))],
    addresses: [],
    whenOpen: true,
    standIn: standInFor(stubs, isHere, tellOnce(notes)),
  });
  const { simulator, twilio, stop } = centre;
  const [flowSid = ""] = simulator.world().studio.flows.keys();
  return { simulator, twilio, flowSid, definition, ours: true, notes, stop };

  function isHere(host: string): boolean {
    return isOfTwilio(host) || host.endsWith(".twil.io");
  }
}

async function strangersStage({ name, definition }: FlowFile, { stubs, ...options }: Options): Promise<Stage> {
  const notes: string[] = [];
  const simulator = await startSimulator({ ...options, standIn: standInFor(stubs, isOfTwilio, tellOnce(notes)) });
  const restore = redirectTwilioHosts(simulator.port);
  const stop = async () => {
    restore();
    await simulator.stop();
  };
  try {
    const twilio = new TwilioClient(simulator.account.sid, simulator.account.authToken);
    const home = await makeAtHome(definition, simulator.world(), twilio);
    const flow = { friendlyName: name, status: "published" as const, definition: home.definition };
    const { sid: flowSid } = await twilio.studio.v2.flows.create(flow);
    notes.push(...home.notes);
    return { simulator, twilio, flowSid, definition: home.definition, ours: false, notes, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Twilio as it is simulated, and programs on this machine. */
const isOfTwilio = (host: string) => host.endsWith(".twilio.com") || ["localhost", "127.0.0.1", "[::1]"].includes(host);

const tellOnce = (notes: string[]) => (note: string) => {
  if (!notes.includes(note)) notes.push(note);
};
