import { existsSync, readFileSync } from "node:fs";
import type { Twilio } from "twilio";
import { CONNECTORS } from "../../channels/connectors";
import type { CustomChannel } from "../../channels/custom-identity";
import type { ChannelConnector, ChannelSetUp } from "../../channels/set-up";
import { allowedSettings, type Setting } from "../../config/env-file";
import { variables as known } from "../../config/variables";
import { type LiveFunctions, liveFunctions } from "../../deploy/live-variables";
import { UnresolvedNameError } from "../../deploy/resolve-tokens";
import { deadlineIn } from "../../runtime/deadline";
import { envProblems } from "../../runtime/env";
import { accountClient, readCredentials } from "../account";
import { inWords } from "../in-words";
import { readDeploymentSettings } from "../read-deployment-settings";
import { CommandError } from "../terminal";

export interface PlaceOptions {
  domain?: string;
  environment?: string;
  env: string;
}

/** A channel of ours, and the Functions that its events are for. */
export interface Place {
  twilio: Twilio;
  channel: CustomChannel;
  connector: ChannelConnector;
  /** Where its events belong, without a secret. */
  url: string;
  /** What those Functions work with, as far as anybody can know. */
  variables: Readonly<Record<string, string>>;
  /** Undefined where they run out of this account's sight. */
  live?: LiveFunctions;
}

/** Finds the deployed Functions, whose variables are the ones that count. */
export async function findPlace(channel: CustomChannel, options: PlaceOptions): Promise<Place> {
  const twilio = accountClient(readCredentials(""));
  const live = await findLive(twilio, options);
  const variables = live?.variables ?? variablesHere(options.env);
  const base = options.domain ? `https://${options.domain}` : variables.PUBLIC_BASE_URL || `https://${live?.domain}`;
  const url = `${base}/inbound/${channel}`;
  return { twilio, channel, connector: CONNECTORS[channel], url, variables, ...(live ? { live } : {}) };
}

async function findLive(twilio: Twilio, { domain, environment }: PlaceOptions): Promise<LiveFunctions | undefined> {
  const names = readDeploymentSettings(process.cwd(), environment);
  try {
    return await inWords(() => liveFunctions(twilio, names));
  } catch (error) {
    if (domain && error instanceof UnresolvedNameError) return undefined;
    throw error;
  }
}

/** The environment file is for the Functions; what stands in the shell is as good. */
function variablesHere(file: string): Record<string, string> {
  const inShell = known.flatMap(({ name }): Setting[] => (process.env[name] ? [[name, process.env[name]]] : []));
  const inFile = existsSync(file) ? allowedSettings(readFileSync(file, "utf8")) : [];
  return Object.fromEntries([...inShell, ...inFile]);
}

const WITHIN_MS = 30_000;

/** Asks the platform, once all variables are there and well-formed. */
export function setUpOf({ connector, variables }: Place): ChannelSetUp {
  const problems = envProblems(connector.env, variables);
  if (problems.length > 0) throw new CommandError(problems.map(({ message }) => message).join("\n"), 2);
  return connector.setUp(variables, deadlineIn(WITHIN_MS));
}

/** The name under which a secret is kept until it takes the place of the one before. */
export const nextOf = ({ connector }: Place) => `${connector.secret}_NEXT`;

/** What else stands in a URL may be somebody's secret. */
export const shownUrl = (url: string) => url.replace(/[?#].*$/s, "").replace(/\/\/[^/]*@/, "//");

export const isOurs = ({ url }: Place, set: string | undefined) => set !== undefined && shownUrl(set) === url;

/** Our host counts: what is ours may have moved from one Function to another. */
export function isForeign({ url }: Place, set: string | undefined): set is string {
  return set !== undefined && (!URL.canParse(set) || new URL(set).host !== new URL(url).host);
}
