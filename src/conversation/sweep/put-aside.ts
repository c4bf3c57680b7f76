import { channelOfAddress } from "../../channels/addresses";
import { channelStatus } from "../../twilio/interactions";
import { newestMessages } from "../../twilio/messages";
import { LEFT } from "../follow-task";
import { lateMessages, unseenSince } from "../succeed";
import { drop } from "../watch-over";
import { type Check, isSettled } from "./check";
import { takeOver } from "./take-over";

/** An agent put the Conversation aside, the customer wrote, and the hook that should have heard them did not. */
export const parkedUnanswered: Check = async (one) => {
  const { desk, conversation, known } = one;
  if (known.document.state !== "parked") return undefined;
  const [newest] = await newestMessages(desk.twilio, conversation.sid, 1);
  if (!newest || !channelOfAddress(newest.author) || !isSettled(desk, newest.createdAt)) return undefined;
  if (known.writtenAt && newest.createdAt <= known.writtenAt) return undefined;
  return { problem: "unanswered", action: "invite", repair: takeOver(one) };
};

/** Flex keeps the customer on a channel that it left: as long as there is one, and as long as it answers to them. */
export const leftAlone: Check = async (one) => {
  const { desk, conversation, known } = one;
  const { state, interactionSid, channelSid } = known.document;
  if (state !== "left") return undefined;
  const since = unseenSince(known.document, known.writtenAt ?? conversation.updatedAt);
  const [status, unseen] = await Promise.all([
    interactionSid && channelSid ? channelStatus(desk.twilio, interactionSid, channelSid) : "gone",
    lateMessages(desk, conversation.sid, since),
  ]);
  if (!isSettled(desk, unseen.at(-1)?.createdAt)) return undefined;
  const isLeft = LEFT.includes(status);
  if (unseen.length > 0) {
    return { problem: isLeft ? "unanswered" : "no-channel", action: "invite", repair: takeOver(one) };
  }
  if (isLeft) return undefined;
  if (status === "active") return { problem: "no-task", action: "route", repair: takeOver(one) };
  // Nobody waits, and nothing would hear them: closed, their next message begins anew.
  return { problem: "no-channel", action: "close", repair: () => drop(desk, conversation.sid) };
};
