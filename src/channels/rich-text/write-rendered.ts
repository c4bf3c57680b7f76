import { LIMITS, textSize } from "../limits";
import { DIALECTS, FLEX, spellFor } from "./dialects";
import type { OutgoingText, Rendered } from "./rendered";
import { split } from "./split";
import type { StyledText } from "./styled-text";
import { entitiesOf } from "./telegram-entities";
import { write } from "./write";

/** The whole of it, however long. */
export function writeRendered({ channel, styled, source }: Rendered): OutgoingText {
  if (channel !== "telegram") return { text: source ?? write(styled, DIALECTS[channel]) };
  const entities = entitiesOf(styled);
  return { text: styled.text, ...(entities.length > 0 && { entities }) };
}

/** One text for each Message; none where nothing but space is left. The limit is at least 32, in the channel's unit. */
export function splitMessage(
  rendered: Rendered,
  limit = LIMITS[rendered.channel].toCustomer.text.most,
): OutgoingText[] {
  const { channel, styled } = rendered;
  const { unit } = LIMITS[channel].toCustomer.text;
  const sizeOf = ({ text }: OutgoingText) => textSize(text, unit);
  const whole = writeRendered(rendered);
  if (whole.text.trim() !== "" && sizeOf(whole) <= limit && channel !== "telegram") return [whole];
  const asWritten = (part: StyledText) => writeRendered({ channel, styled: part });
  const spelled = channel === "chat" ? spellFor(FLEX, styled) : styled;
  return split(spelled, limit, (part) => sizeOf(asWritten(part))).map(asWritten);
}
