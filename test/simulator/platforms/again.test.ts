import { redirectTwilioHosts } from "../../../src/simulator/redirect/redirect-twilio";
import { account } from "../../../src/simulator/seeds";
import { startSimulator } from "../../../src/simulator/simulator";
import { PNG } from "../telegram/use-telegram";
import { TEXT, USER, useViber } from "../viber/use-viber";
import { useWebhook } from "./use-webhook";

const hook = useWebhook();

/** What a simulator of its own brings and shows, to the byte. */
async function run(): Promise<unknown> {
  const simulator = await startSimulator({ deterministic: true });
  const undo = redirectTwilioHosts(simulator.port);
  const { telegram, viber } = simulator.world().platforms;
  const post = (url: string, body: object, headers: Record<string, string> = {}) =>
    fetch(url, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json", ...headers },
    });
  const toViber = (method: string, body: object) =>
    post(`https://chatapi.viber.com/pa/${method}`, body, { "x-viber-auth-token": account.viberBot.token });
  await post(`https://api.telegram.org/bot${account.telegramBot.token}/setWebhook`, { url: hook.url() });
  await toViber("set_webhook", { url: hook.url() });
  telegram.user(1).sendFile("document", { content: PNG, contentType: "image/png", filename: "dot.png" });
  viber.user(USER).sendPicture({ content: PNG, contentType: "image/png" });
  await simulator.settled();
  const answer = await (await toViber("send_message", TEXT)).text();
  await simulator.advance(60);
  const shown = [...simulator.world().phones.all];
  undo();
  await simulator.stop();
  return { bodies: hook.calls.splice(0).map(({ body }) => body.toString()), answer, shown };
}

describe("a world where time stands still", () => {
  it("has platforms that say and show the same each time", async () => {
    expect(await run()).toEqual(await run());
  });
});

describe("a snapshot", () => {
  const viber = useViber();

  it("has what waits for a device, and where users' files lie", async () => {
    await viber.listen(["delivered"]);
    viber.user().sendPicture({ content: PNG, contentType: "image/png" });
    viber.user().deviceOff();
    await viber.settled();
    const [media = ""] = /https:[^"]+Expires[^"]+/.exec(viber.bodies()[0] ?? "") ?? [];
    await viber.send(TEXT);
    const saved = JSON.parse(JSON.stringify(await viber.sim.simulator.snapshot()));
    await viber.sim.simulator.reset();
    expect((await fetch(media)).status).toBe(403);
    await viber.sim.simulator.restore(saved);
    expect((await fetch(media)).status).toBe(200);
    viber.user().deviceOn();
    await viber.settled();
    expect(viber.phone().map(({ body }) => body)).toEqual(["", "Hello"]);
  });
});
