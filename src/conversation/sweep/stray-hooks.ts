import { addMessageHook, removeHook, repointHook } from "../../twilio/scoped-webhooks";
import { MESSAGE_HOOK } from "../desk";
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
export const messageHook: Check = (one) => {
  const { desk, conversation, known, hooks } = one;
  const url = desk.urlOf(MESSAGE_HOOK);
  const [first, ...more] = hooks.filter((hook) => hook.url === url);
  const [elsewhere] = hooks.filter((hook) => isOursElsewhere(hook.url, url));
  if (elsewhere) return moveHook(one, elsewhere.sid, first === undefined);
  if (more.length > 0) {
    const repair = () => Promise.all(more.map(({ sid }) => removeHook(desk.twilio, conversation.sid, sid)));
    return { problem: "hook-twice", action: "remove-hook", repair };
  }
  if (first || !HEARD.includes(known.document.state)) return undefined;
  const repair = () => addMessageHook(desk.twilio, conversation.sid, url);
  return { problem: "no-hook", action: "add-hook", repair };
};

/** The same Function on another of Twilio's hosts: where we were deployed before. */
function isOursElsewhere(url: string, ours: string): boolean {
  if (!URL.canParse(url)) return false;
  const { host, pathname } = new URL(url);
  return pathname === MESSAGE_HOOK && host.endsWith(".twil.io") && url !== ours;
}

function moveHook({ desk, conversation }: Case, sid: string, isNeeded: boolean): Finding {
  const repair = () =>
    isNeeded
      ? repointHook(desk.twilio, conversation.sid, sid, desk.urlOf(MESSAGE_HOOK))
      : removeHook(desk.twilio, conversation.sid, sid);
  return { problem: "hook-elsewhere", action: isNeeded ? "repoint-hook" : "remove-hook", repair };
}
