import { z } from "zod";
import type { MessageRow, NewMessage } from "../../conversations/rows";
import type { World } from "../../world";
import type { FlowState, Transition } from "../definition";
import type { JsonObject } from "../json";
import type { ExecutionRow } from "../rows";

/** One kind of state a Flow can be in. Each kind is a file of its own here, and a line in registry.ts. */
export interface Widget {
  readonly type: string;
  /** The events its transitions may name. */
  readonly events: readonly string[];
  readonly properties: z.ZodType;
  enter(run: WidgetRun): Outcome | Promise<Outcome>;
}

/** What a widget may use while it runs. */
export interface WidgetRun {
  readonly world: World;
  readonly execution: ExecutionRow;
  readonly state: FlowState;
  /** Liquid over the Execution's context; empty, with warning 81018, where a template is wrong. */
  render(template: string | undefined): string;
  /** Posts as Studio does. Throws ApiError when Conversations refuses. */
  post(conversationSid: string, message: Pick<NewMessage, "author" | "body" | "attributes">): MessageRow;
  /** Logs one of Studio's error codes, https://www.twilio.com/docs/api/errors */
  warn(code: number, message: string): void;
  /** Logs what this simulator leaves out. */
  notSimulated(what: string): void;
}

/** The widget is done; the Execution leaves by `event`. */
export interface Finished {
  event: string;
  /** For events that several transitions name. */
  transition?: Transition;
  /** Becomes `widgets.NAME`. */
  outputs?: JsonObject;
  /** Added to `flow.variables`. */
  variables?: JsonObject;
}

/** The widget waits for a Message, at most so long. */
export interface Waiting {
  waitMs: number;
  onMessage(message: MessageRow): Finished;
  onTimeout(): Finished;
}

export type Outcome = Finished | Waiting;

interface WidgetSpec<Properties extends z.ZodType> {
  type: string;
  events: readonly string[];
  properties: Properties;
  enter(run: WidgetRun, properties: z.output<Properties>): Outcome | Promise<Outcome>;
}

/** Ties `enter` to the type of the widget's properties. */
export function defineWidget<Properties extends z.ZodType>(spec: WidgetSpec<Properties>): Widget {
  return { ...spec, enter: (run) => spec.enter(run, spec.properties.parse(run.state.properties)) };
}

/** Properties beside those named are let through: exports carry more than the schemas say. */
export function widgetProperties<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.object({ offset: z.object({ x: z.number(), y: z.number() }).optional(), ...shape });
}

/** `parameters` of the widgets that call out. */
export const keyValues = z.array(z.object({ key: z.string(), value: z.string() })).optional();
