import { type Hosting, hostFunctions } from "./hosting";

let hosting: Hosting;
beforeAll(async () => {
  hosting = await hostFunctions(
    {
      "slow.js": `
exports.handler = (context, event, callback) => setTimeout(async () => {
  await fetch("https://api.twilio.com/late");
  callback(null, "late");
}, Number(event.ms));`,
      "loops.js": "exports.handler = () => { for (;;); };",
      "length.js": "exports.handler = (context, event, callback) => callback(null, String((event.Body ?? '').length));",
    },
    { limits: { answerMs: 150, concurrent: 2, bodyBytes: 1000, stuckMs: 600 } },
  );
});
afterAll(() => hosting.stop());
afterEach(() => hosting.work.settled());

it("tells the caller of a Function that takes too long, and lets the Function go on", async () => {
  const reply = await hosting.call("/slow?ms=300");
  expect(reply.status).toBe(504);
  expect(JSON.parse(reply.text)).toMatchObject({ code: 82002 });
  expect(hosting.platform).toEqual([]);
  await hosting.work.settled();
  expect(hosting.platform).toMatchObject([{ host: "api.twilio.com", url: "/late" }]);
});

it("refuses one execution more than may run at once, and counts those whose caller gave up", async () => {
  const replies = await Promise.all([1, 2, 3].map(() => hosting.call("/slow?ms=300")));
  expect(replies.map(({ status }) => status).sort()).toEqual([429, 504, 504]);
  expect((await hosting.call("/length")).status).toBe(429);
  await hosting.work.settled();
  expect((await hosting.call("/length")).status).toBe(200);
});

it("takes a body up to the limit and none above it", async () => {
  const post = (length: number) => ({
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: `Body=${"x".repeat(length)}`,
  });
  expect(await hosting.call("/length", post(995))).toMatchObject({ status: 200, text: "995" });
  expect((await hosting.call("/length", post(996))).status).toBe(413);
  expect((await hosting.call("/length", post(5_000_000))).status).toBe(413);
});

it("replaces a process that a Function keeps busy for ever", async () => {
  expect((await hosting.call("/loops")).status).toBe(504);
  await hosting.work.settled();
  await hosting.host.pids();
  expect((await hosting.call("/length")).status).toBe(200);
});
