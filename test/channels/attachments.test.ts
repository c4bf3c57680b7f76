import { planMessages } from "../../src/channels/attachments";
import type { Channel } from "../../src/channels/channel";
import { render } from "../../src/channels/rich-text/render";

const photo = { contentType: "image/jpeg", filename: "photo.jpg", size: 1000 };
const bill = { contentType: "application/pdf", filename: "bill.pdf", size: 1000 };
const program = { contentType: "application/x-msdownload", filename: "run.exe", size: 1000 };

const plan = (channel: Channel, text: string, ...files: (typeof photo)[]) =>
  planMessages(channel, { text: render(channel, text), files });

describe("a plan of what to send", () => {
  it("sends text first, then each file in a Message of its own, in order", () => {
    expect(plan("whatsapp", "Your **bill**", bill, photo)).toEqual({
      messages: [{ text: "Your *bill*" }, { file: bill }, { file: photo }],
      refused: [],
    });
  });

  it("says of each refused file why, and sends the others", () => {
    expect(plan("messenger", "", program, photo, { ...photo, size: 0 })).toMatchObject({
      messages: [{ file: photo }],
      refused: [
        { file: program, reason: "dangerous_type" },
        { file: { size: 0 }, reason: "empty_file" },
      ],
    });
  });

  it("sends no file by SMS to a phone that gets none, but the text", () => {
    const toCzechia = { text: render("sms", "hello"), files: [photo], customer: "+420777123456" };
    expect(planMessages("sms", toCzechia)).toMatchObject({
      messages: [{ text: "hello" }],
      refused: [{ file: photo, reason: "country" }],
    });
  });

  it("puts a short text under the first file on Telegram, with its looks", () => {
    expect(plan("telegram", "Your **bill**", bill, photo).messages).toEqual([
      { text: "Your bill", entities: [{ type: "bold", offset: 5, length: 4 }], file: bill },
      { file: photo },
    ]);
  });

  it.each([
    ["telegram", 1024],
    ["viber", 512],
  ] as const)("takes a caption on %s of up to %d characters", (channel, most) => {
    expect(plan(channel, "a".repeat(most), photo).messages).toHaveLength(1);
    expect(plan(channel, "a".repeat(most + 1), photo).messages).toEqual([
      { text: "a".repeat(most + 1) },
      { file: photo },
    ]);
  });

  it("puts no caption on Viber under what is not shown as a picture", () => {
    expect(plan("viber", "Your bill", bill).messages).toHaveLength(2);
    expect(plan("viber", "Look", { ...photo, size: 2 * 1024 * 1024 }).messages).toHaveLength(2);
  });

  it("sends a long text in several Messages", () => {
    const { messages } = plan("sms", "word ".repeat(400));
    expect(messages.map(({ text }) => text?.length)).toEqual([1599, 399]);
  });

  it("sends nothing for an empty text without files", () => {
    expect(plan("chat", " \n ")).toEqual({ messages: [], refused: [] });
    expect(planMessages("chat", {})).toEqual({ messages: [], refused: [] });
  });
});
