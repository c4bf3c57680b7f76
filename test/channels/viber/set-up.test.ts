import { text as textOf } from "node:stream/consumers";
import type { ChannelSetUp } from "../../../src/channels/set-up";
import { viberSetUp } from "../../../src/channels/viber/set-up";
import { deadlineIn } from "../../../src/runtime/deadline";
import { answeredBy } from "../../twilio/hostile-server";
import { KEY, TOKEN } from "./use-callbacks";

const ACCOUNT = {
  ...{ status: 0, status_message: "ok", id: "pa:1", name: "Bike Shop", uri: "bikeshop", subscribers_count: 12 },
  ...{ webhook: `https://functions.example.com/inbound/viber?key=${KEY}`, event_types: ["delivered", "seen"] },
};

/** Works with a Viber that answers so; tells what it was asked. */
async function withViber<Result>(work: (setUp: ChannelSetUp) => Promise<Result>, answer: object | string = ACCOUNT) {
  const asked: [string | undefined, unknown][] = [];
  const done = await answeredBy(
    {
      "chatapi.viber.com": (request, response) => {
        void textOf(request).then((body) => {
          asked.push([request.url, JSON.parse(body)]);
          response.end(typeof answer === "string" ? answer : JSON.stringify(answer));
        });
      },
    },
    () => work(viberSetUp({ VIBER_AUTH_TOKEN: TOKEN }, deadlineIn(5000))).catch((error: unknown) => error),
  );
  return { done, asked };
}

describe("setting up Viber", () => {
  it("has callbacks sent to the URL with the key in it, and users' names in them", async () => {
    const url = "https://functions.example.com/inbound/viber";
    const { asked } = await withViber((setUp) => setUp.connect(url, KEY));
    expect(asked).toEqual([
      [
        "/pa/set_webhook",
        {
          url: `${url}?key=${KEY}`,
          event_types: ["delivered", "seen", "failed"],
          send_name: true,
          send_photo: false,
        },
      ],
    ]);
  });

  it("shows how Viber sees it, the key apart from the URL", async () => {
    expect(await withViber((setUp) => setUp.status())).toEqual({
      asked: [["/pa/get_account_info", {}]],
      done: {
        account: "Bike Shop",
        url: "https://functions.example.com/inbound/viber",
        secret: KEY,
        events: ["delivered", "seen"],
      },
    });
    const bare = await withViber((setUp) => setUp.status(), { status: 0, status_message: "ok", name: "Bike Shop" });
    expect(bare.done).toEqual({ account: "Bike Shop" });
  });

  it("has none sent any more", async () => {
    const { asked } = await withViber((setUp) => setUp.disconnect());
    expect(asked).toEqual([["/pa/set_webhook", { url: "" }]]);
  });

  it("says what Viber said, but none of the secrets in it", async () => {
    const refusal = { status: 1, status_message: `url https://f.example.com/?key=${KEY} of ${TOKEN} is not valid` };
    const { done } = await withViber((setUp) => setUp.connect("https://f.example.com/", KEY), refusal);
    expect(done).toMatchObject({
      code: "set_up_failed",
      message: "viber: set_webhook was refused (1): url https://f.example.com/?key=… of … is not valid",
    });
  });

  it.each(["", "[]", "<html>", '{"status":0}'])("says so when nobody understands the answer: %s", async (answer) => {
    expect((await withViber((setUp) => setUp.status(), answer)).done).toMatchObject({ code: "set_up_failed" });
  });
});
