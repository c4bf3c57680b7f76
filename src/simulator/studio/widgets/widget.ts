import * as z from "zod/mini";
import type { MessageRow, NewMessage, ScopedWebhookRow } from "../../conversations/rows";
import type { World } from "../../world";
import type { StudioCode } from "../codes";
import type { Trigger } from "../context";
import type { FlowDefinition, FlowState, Transition } from "../definition";
import type { Incoming } from "../incoming";
import type { JsonObject } from "../json";
import type { ExecutionRow } from "../rows";

/** What a definition may say of one kind of state. */
export interface WidgetShape {
  readonly type: string;
  /** The events its transitions may name; undefined when they are not known, and any may be. */
  readonly events: readonly string[] | undefined;
  readonly properties: z.ZodMiniType;
}

/** A kind of state that runs here. Each is a file of its own, and a line in registry.ts. */
export interface Widget extends WidgetShape {
  enter(run: WidgetRun): Outcome | Promise<Outcome>;
  /** Goes on when what it waited for has come, or the time is over. Only for those that wait. */
  wake?(run: WidgetRun, by: Wake, held: JsonObject): Finished;
}

/** What a widget may use while it runs. */
export interface WidgetRun {
  readonly world: World;
  readonly execution: Readonly<ExecutionRow>;
  readonly state: FlowState;
  /** The Flow, or subflow, that the widget stands in. */
  readonly definition: FlowDefinition;
  /** Liquid over the Execution's context; where a template is wrong, warning 81018. */
  render(template: string | undefined): string;
  /** Posts as Studio does. Throws ApiError when Conversations refuses. */
  post(conversationSid: string, message: Omit<NewMessage, "source" | "webhooks" | "fromStudio">): MessageRow;
  /** Makes a Conversation the Execution's own, until it ends or an agent takes over. */
  join(webhook: ScopedWebhookRow, closes: boolean): void;
  /** Lets go of a Conversation of its own for good: somebody else has the customer now. */
  handOff(): void;
  /** Logs one of Studio's codes, https://www.twilio.com/docs/api/errors */
  warn(code: StudioCode, message: string): void;
  /** Logs what goes wrong without a code. */
  note(message: string): void;
}

export type Outcome = Finished | Waiting | Descent;

/** The widget is done; the Execution leaves by `event`. */
export interface Finished {
  event: string;
  /** For events that several transitions name. */
  transition?: Transition;
  /** Becomes `widgets.NAME`. */
  outputs?: JsonObject;
  /** Added to `flow.variables`. */
  variables?: JsonObject;
  /** Replaces parts of `trigger`. */
  trigger?: Trigger;
}

/** The widget waits for a message, at most so long. */
export interface Waiting {
  waitMs: number;
  /** Handed to `wake`. */
  held: JsonObject;
}

/** The widget runs another Flow, and leaves by `completed` after that one's end. */
export interface Descent {
  subflow: { flowSid: string; revision: number };
  parameters: JsonObject;
}

export type Wake = { by: "message"; incoming: Incoming } | { by: "timeout" };

interface WidgetSpec<Properties extends z.ZodMiniType> {
  type: string;
  events: readonly string[];
  properties: Properties;
  enter(run: WidgetRun, properties: z.output<Properties>): Outcome | Promise<Outcome>;
  wake?: Widget["wake"];
}

/** Ties `enter` to the type of the widget's properties. */
export function defineWidget<Properties extends z.ZodMiniType>(spec: WidgetSpec<Properties>): Widget {
  return { ...spec, enter: (run) => spec.enter(run, spec.properties.parse(run.state.properties)) };
}

/** Properties beside those named are let through: exports carry more than the schemas say. */
export function widgetProperties<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.object({ offset: z.optional(z.object({ x: z.number(), y: z.number() })), ...shape });
}

/** `parameters` of the widgets that call out. */
export const keyValues = z.optional(z.array(z.object({ key: z.string(), value: z.string() })));
