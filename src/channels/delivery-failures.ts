import { DeliveryError, type DeliveryReason } from "./adapter";
import { type CustomChannel, titleOf } from "./custom-identity";
import { wasNeverSent } from "./never-sent";

/** The failures of a channel, in words for agents; in its own where it knows more. */
export function deliveryFailures(channel: CustomChannel, own: Partial<Record<DeliveryReason, string>> = {}) {
  const name = titleOf(channel);
  const words: Readonly<Record<DeliveryReason, string>> = {
    unreachable: `The customer left us on ${name}: nothing reaches them until they write again.`,
    rate_limited: `${name} takes no more messages from us for the moment.`,
    too_long: `The message is too long for ${name}.`,
    bad_file: `${name} does not take this file.`,
    unauthorized: `${name} does not accept our bot: an administrator has to act.`,
    unavailable: `${name} could not be reached.`,
    refused: `${name} refused the message.`,
    unclear: `${name} gave no clear answer: the message may have arrived.`,
    ...own,
  };
  const withReason = (reason: DeliveryReason, { said = words[reason], ...more }: FailureDetails = {}) =>
    new DeliveryError(channel, reason, said, more);
  return {
    withReason,
    /** Of a call that came to no answer: whether the message went out is known only where nothing could. */
    failedCall: (cause: unknown) => withReason(wasNeverSent(cause) ? "unavailable" : "unclear", { cause }),
  };
}

type FailureDetails = DeliveryError["more"] & {
  /** In other words than usual. */
  said?: string;
};
