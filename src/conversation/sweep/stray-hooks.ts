import { readConversationName } from "../../channels/custom-identity";
import { addMessageHook, removeHook, repointHook } from "../../twilio/scoped-webhooks";
import { MESSAGE_HOOK, RELAY_HOOK } from "../desk";
import type { State } from "../state";
import type { Case, Check, Finding } from "./check";

/** Where one of our hooks hears the customer. */
const HEARD: readonly State[] = ["flow", "routing", "open", "parked", "left", "blocked"];
/** Where a Flow that is started again would speak over somebody. */
const NO_FLOW: readonly State[] = ["open", "parked", "left", "closing", "blocked"];

/** The Studio webhook of a Flow that has handed over. */
export const flowHook: Check = ({ desk, conversation, known, hooks }) => {
  const studio = hooks.filter(({ target }) => target === "studio");
  if (studio.length === 0 || !NO_FLOW.includes(known.document.state)) return undefined;
  return {
    problem: "flow-hook",
    action: "remove-hook",
    repair: () => Promise.all(studio.map(({ sid }) => removeHook(desk.twilio, conversation.sid, sid))),
  };
};

/** Our hook is there once, and calls the Functions that run now. */
export const messageHook: Check = (one) =>
  checkHook(one, { path: MESSAGE_HOOK, name: "hook", isNeeded: HEARD.includes(one.known.document.state) });

/** On channels of ours: so is the one that carries to the customer what is said. */
export const relayHook: Check = (one) => {
  if (!readConversationName(one.conversation.uniqueName)) return undefined;
  return checkHook(one, { path: RELAY_HOOK, name: "relay-hook", isNeeded: true });
};

interface OurHook {
  path: string;
  /** In the words of a finding. */
  name: string;
  isNeeded: boolean;
}

function checkHook(one: Case, { path, name, isNeeded }: OurHook): Finding | undefined {
  const { desk, conversation, hooks } = one;
  const url = desk.urlOf(path);
  const [first, ...more] = hooks.filter((hook) => hook.url === url);
  const elsewhere = hooks.find((hook) => hook.url !== url && isOursElsewhere(hook.url, path));
  if (elsewhere) {
    const repair = () =>
      first
        ? removeHook(desk.twilio, conversation.sid, elsewhere.sid)
        : repointHook(desk.twilio, conversation.sid, elsewhere.sid, url);
    return { problem: `${name}-elsewhere`, action: first ? "remove-hook" : "repoint-hook", repair };
  }
  if (more.length > 0) {
    const repair = () => Promise.all(more.map(({ sid }) => removeHook(desk.twilio, conversation.sid, sid)));
    return { problem: `${name}-twice`, action: "remove-hook", repair };
  }
  if (first || !isNeeded) return undefined;
  return {
    problem: `no-${name}`,
    action: "add-hook",
    repair: () => addMessageHook(desk.twilio, conversation.sid, url),
  };
}

/** The same Function on another of Twilio's hosts: where we were deployed before. */
function isOursElsewhere(url: string, path: string): boolean {
  if (!URL.canParse(url)) return false;
  const { host, pathname } = new URL(url);
  return pathname === path && host.endsWith(".twil.io");
}
