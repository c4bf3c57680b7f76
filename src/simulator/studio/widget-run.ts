import type { World } from "../world";
import type { ActiveExecutions } from "./active-executions";
import { withConversation } from "./context";
import type { FlowState } from "./definition";
import { executionLog } from "./execution-log";
import type { Render } from "./liquid";
import type { ExecutionRow, StudioStore } from "./rows";
import { definitionOf } from "./running-flow";
import { letGo } from "./tie";
import type { WidgetRun } from "./widgets/widget";

interface Parts {
  world: World;
  store: StudioStore;
  active: ActiveExecutions;
  liquid: Render;
}

/** What a widget of this Execution may do to the world. */
export function widgetRun(
  { world, store, active, liquid }: Parts,
  execution: ExecutionRow,
  state: FlowState,
): WidgetRun {
  const log = executionLog(world.log, execution);
  const about = { widget: state.name };
  return {
    world,
    execution,
    state,
    definition: definitionOf(store, execution),
    render(template = "") {
      const rendered = liquid(template, execution.context);
      if ("text" in rendered) return rendered.text;
      log.warn(81018, `Liquid: ${rendered.failure}`, about);
      return world.switches.studioWrongTemplateText === "source" ? template : "";
    },
    post(conversationSid, message) {
      const row = world.conversations.addMessage(conversationSid, {
        ...message,
        source: "API",
        fromStudio: true,
        webhooks: world.switches.studioMessagesReachWebhooks,
      });
      store.ownMessages.add(row.sid);
      return row;
    },
    join({ sid: webhookSid, conversationSid }, closes) {
      Object.assign(execution, { conversationSid, tie: { webhookSid, closes } });
      execution.context = withConversation(execution.context, conversationSid);
      active.note(execution);
    },
    handOff() {
      if (!execution.tie) return;
      Object.assign(execution, { tie: { ...execution.tie, closes: false }, handedOff: true });
      letGo(world, execution);
    },
    warn: (code, message) => log.warn(code, message, about),
    note: (message) => log.note(message, about),
  };
}
