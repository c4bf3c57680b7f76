import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Twilio, Twilio as TwilioClient } from "twilio";
import { CONNECTORS } from "../../channels/connectors";
import { CUSTOM_CHANNELS } from "../../channels/custom-identity";
import { defaultHours, openingAt } from "../../config/hours";
import { type AddressBinding, applyBinding } from "../../deploy/apply-address";
import { applyFlow } from "../../deploy/apply-flow";
import { applyHooks } from "../../deploy/apply-hooks";
import type { FlowSource } from "../../deploy/flow-source";
import { deadlineIn } from "../../runtime/deadline";
import type { Limits } from "../../simulator/functions-host/limits";
import { redirectTwilioHosts } from "../../simulator/redirect/redirect-twilio";
import type { SeedsInput } from "../../simulator/seeding/seeds-schema";
import { type Simulator, startSimulator } from "../../simulator/simulator";
import type { Switches } from "../../simulator/switches";
import type { StandIn } from "../../simulator/webhooks/send-webhook";
import type { World } from "../../simulator/world";
import { readAddresses, readFlows } from "../read-flows";
import { CommandError } from "../terminal";
import { deploySimulated } from "./deploy-simulated";

export interface ContactCentreOptions {
  port?: number;
  /** Processes that Functions run in. */
  processes?: number;
  /** What differs from Twilio's limits on Functions. */
  limits?: Partial<Limits>;
  /** Who and what is in the account. */
  seeds?: SeedsInput;
  switches?: Partial<Switches>;
  flows?: FlowSource[];
  addresses?: AddressBinding[];
  /** Root of the project, where `dist` and `studio-flows` lie. */
  root?: string;
  /** What answers webhooks in place of hosts that are not here. */
  standIn?: StandIn;
  /** Moves the clock to the next opening when it is closed now. */
  whenOpen?: boolean;
  /** Goes on from here, with the Flows that are in it. */
  snapshot?: unknown;
  /** The same from run to run. */
  deterministic?: boolean;
  /** Another one makes other SIDs. */
  seed?: string;
  /** Starts from an empty account and deploys to it, instead of running the Functions from their folder. */
  deployed?: boolean;
}

/** The whole contact centre on this machine: the simulator, the built Functions in it, and our Flows bound to its addresses. */
export interface ContactCentre {
  simulator: Simulator;
  /** Twilio's own SDK, reaching the simulator. */
  twilio: Twilio;
  /** Host of the Functions. */
  domain: string;
  stop(): Promise<void>;
}

export async function openContactCentre(options: ContactCentreOptions = {}): Promise<ContactCentre> {
  const root = options.root ?? process.cwd();
  const dist = (path: string) => join(root, "dist", path);
  if (!existsSync(dist("functions"))) {
    throw new CommandError("There are no built Functions in dist: run `npm run build` at the root of the project.", 2);
  }
  const folder = join(root, "studio-flows");
  const flows = options.flows ?? readFlows(folder);
  const addresses = options.addresses ?? readAddresses(folder);
  const simulator = await startSimulator({
    port: options.port,
    seeds: withChats(options.seeds, addresses),
    switches: options.switches,
    seed: options.seed,
    snapshot: options.snapshot,
    deterministic: options.deterministic,
    standIn: options.standIn,
    functions: {
      workerFile: resolve(dist("tools/function-worker.js")),
      processes: options.processes ?? 2,
      limits: options.limits,
      modules: resolve(root, "node_modules"),
      ...(options.deployed ? {} : { seeded: seededFrom(resolve(root, "dist")) }),
    },
  });
  const restore = redirectTwilioHosts(simulator.port);
  const twilio = new TwilioClient(simulator.account.sid, simulator.account.authToken);
  const stop = async () => {
    restore();
    await simulator.stop();
  };
  let domain = simulator.account.functionsDomain;
  try {
    if (options.deployed) {
      domain = await deploySimulated(simulator, twilio, root, Object.entries(variablesOf(simulator.world())));
    }
    await simulator.prepare(
      async () => {
        await bind(twilio, domain, flows, addresses);
        await connect(domain, variablesOf(simulator.world()));
      },
      async () => {
        if (options.whenOpen) await goToOpening(simulator);
      },
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { simulator, twilio, domain, stop };
}

function seededFrom(dist: string) {
  return { directory: join(dist, "functions"), assetsDirectory: join(dist, "assets"), env: variablesOf };
}

/** Chat addresses are there before the Functions, whose variables name their SID; what answers them is bound later. */
function withChats(seeds: SeedsInput = {}, bindings: readonly AddressBinding[]): SeedsInput {
  const given = seeds.addresses ?? [];
  const added = bindings.flatMap(({ type, address }) =>
    type === "chat" && !given.some((one) => one.address === address) ? [{ type, address }] : [],
  );
  return added.length > 0 ? { ...seeds, addresses: [...given, ...added] } : seeds;
}

/** What an administrator would write into `.env`. */
export function variablesOf({ taskrouter, conversations, account }: World): Record<string, string> {
  const chat = [...conversations.addresses.values()].find(({ type }) => type === "chat");
  return {
    ...(chat ? { WEBCHAT_ADDRESS_SID: chat.sid } : {}),
    API_KEY_SID: account.apiKey.sid,
    API_KEY_SECRET: account.apiKey.secret,
    WEBCHAT_SESSION_SECRET: "signs-sessions-of-the-simulator-only",
    WEBCHAT_ORIGINS: "https://shop.example.com",
    FLEX_WORKSPACE_SID: taskrouter.workspace.sid,
    FLEX_WORKFLOW_SID: [...taskrouter.workflows.keys()][0] ?? "",
    FLEX_TASK_CHANNEL: "chat",
    FLEX_OUTBOUND_QUEUE_SID: [...taskrouter.queues.keys()][0] ?? "",
    SMS_SENDER: "+15550100100",
    WHATSAPP_SENDER: "whatsapp:+15550100200",
    MESSENGER_SENDER: "messenger:100200300400500",
    SWEEP_SECRET: "the-sweep-of-the-simulated-account",
    TELEGRAM_BOT_TOKEN: account.telegramBot.token,
    TELEGRAM_SECRET_TOKEN: "telegram-calls-the-simulated-account",
    VIBER_AUTH_TOKEN: account.viberBot.token,
    VIBER_WEBHOOK_KEY: "viber-calls-the-simulated-account",
    VIBER_SENDER_NAME: account.viberBot.name,
  };
}

/** Does what an administrator does after a deployment, by the same REST calls: publishes the Flows and binds the addresses. */
async function bind(twilio: Twilio, domain: string, flows: FlowSource[], addresses: AddressBinding[]): Promise<void> {
  await applyHooks(twilio, domain);
  const sids = new Map<string, string>();
  for (const flow of flows) sids.set(flow.name, await applyFlow(twilio, flow, { domain }));
  for (const binding of addresses) {
    const flowSid = binding.flow ? sids.get(binding.flow) : undefined;
    if (binding.flow && !flowSid) {
      throw new CommandError(
        `studio-flows/addresses.json binds ${binding.address} to "${binding.flow}", which is no Flow there.`,
      );
    }
    await applyBinding(twilio, binding, { flowSid, domain });
  }
}

const SET_UP_MS = 30_000;

/** Has the platforms that Twilio does not carry bring their events here. */
async function connect(domain: string, variables: Record<string, string>): Promise<void> {
  for (const channel of CUSTOM_CHANNELS) {
    const { setUp, secret } = CONNECTORS[channel];
    await setUp(variables, deadlineIn(SET_UP_MS)).connect(
      `https://${domain}/inbound/${channel}`,
      variables[secret] ?? "",
    );
  }
}

/** An hour after the next opening, by the bundled hours; nothing when it is open. */
export async function goToOpening(simulator: Simulator): Promise<void> {
  const { open, opensAt } = openingAt(defaultHours, simulator.clock.now());
  if (open || !opensAt) return;
  await simulator.advance((opensAt.getTime() - simulator.clock.ms()) / 1000 + 3600);
}
