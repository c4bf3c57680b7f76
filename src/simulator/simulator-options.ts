import type { Limits } from "./functions-host/limits";
import type { SeedsInput } from "./seeding/seeds-schema";
import type { Switches } from "./switches";
import type { StandIn } from "./webhooks/send-webhook";
import type { World } from "./world";

export interface SimulatorOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Same seed, same SIDs. */
  seed?: string;
  /** Who and what is there. */
  seeds?: SeedsInput;
  switches?: Partial<Switches>;
  /** Goes on from here, as `snapshot` of another simulator left it. */
  snapshot?: unknown;
  /**
   * The same from run to run: time stands still but for advances, what is delivered is delivered one after another, and
   * Functions draw their random numbers from the seed.
   */
  deterministic?: boolean | { startsAt: Date };
  /** What answers webhooks in place of hosts that are not here. */
  standIn?: StandIn;
  /** What runs Functions: those of a folder, and whatever is deployed. Nothing does without it. */
  functions?: FunctionsOptions;
}

export interface FunctionsOptions {
  /** The bundled worker program. */
  workerFile: string;
  processes?: number;
  /** What differs from Twilio's limits on Functions. */
  limits?: Partial<Limits>;
  /** Where the packages lie that a deployed Build may install: a `node_modules`. */
  modules?: string;
  /** Functions that the seeded service serves from the start. Without them the account has no service, to be deployed to. */
  seeded?: SeededFunctions;
}

export interface SeededFunctions {
  directory: string;
  assetsDirectory?: string;
  /** Variables of the Functions' context, told from the seeded account. */
  env(world: World): Record<string, string>;
}
