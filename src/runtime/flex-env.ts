import * as z from "zod/mini";
import { sid } from "./env";

/** Where work goes in Flex. */
export const flexEnv = z.object({
  /** Flex's one TaskRouter workspace: Console > TaskRouter > Workspaces > Flex Task Assignment. */
  FLEX_WORKSPACE_SID: sid("WS"),
  /** The Workflow that customers' Conversations go through. */
  FLEX_WORKFLOW_SID: sid("WW"),
  /** Unique name of the Task Channel: `chat` is the documented choice for Flex Conversations. */
  FLEX_TASK_CHANNEL: z._default(z.string().check(z.regex(/^[\w-]{1,64}$/)), "chat"),
});
