import { type Hosting, hostFunctions } from "./hosting";

const dates = `
exports.handler = (context, event, callback) => callback(null, {
  now: Date.now(),
  made: new Date().getTime(),
  text: Date.parse(Date()),
  given: [new Date(0).getTime(), new Date("2020-01-01T00:00:00Z").getTime(), Date.UTC(2020, 0, 1)],
  is: [new Date() instanceof Date, new Date().constructor === Date, Date.name, Date.length, typeof Date()],
});`;

let hosting: Hosting;
beforeAll(async () => {
  hosting = await hostFunctions(
    {
      "dates.js": dates,
      "counts.js": `
let count = 0;
exports.handler = (context, event, callback) => {
  count += 1;
  setTimeout(() => callback(null, { pid: process.pid, count }), 50);
};`,
      "sees.js": `
exports.handler = (context, event, callback) => {
  const { getTwilioClient, ...variables } = context;
  console.log("seen by", context.PATH);
  callback(null, { variables, headers: event.request.headers, env: process.env });
};`,
      "sets-headers.js": `
exports.handler = (context, event, callback) => {
  const response = new Twilio.Response();
  response.setStatusCode(201);
  response.appendHeader("X-Custom", "yes");
  response.setCookie("a", "1");
  response.setCookie("b", "2");
  response.setBody("grüezi");
  callback(null, response);
};`,
    },
    { processes: 2 },
  );
});
afterAll(() => hosting.stop());

it("gives Functions the simulated time, as far as it was advanced", async () => {
  const before = await readDates();
  await hosting.clock.advance(86_400_000);
  const after = await readDates();
  for (const name of ["now", "made"]) {
    expect(after[name] - before[name]).toBeGreaterThanOrEqual(86_400_000);
    expect(Math.abs(after[name] - hosting.clock.ms())).toBeLessThan(2_000);
  }
  expect(Math.abs(after.text - hosting.clock.ms())).toBeLessThan(2_000);
});

it("leaves the rest of Date as it is", async () => {
  const dates = await readDates();
  expect(dates.given).toEqual([0, 1_577_836_800_000, 1_577_836_800_000]);
  expect(dates.is).toEqual([true, true, "Date", 7, "string"]);
});

it("shares no module state between its processes", async () => {
  const replies = await Promise.all([hosting.call("/counts"), hosting.call("/counts")]);
  const [one, other] = replies.map(({ text }) => JSON.parse(text));
  expect(one.pid).not.toBe(other.pid);
  expect([one.count, other.count]).toEqual([1, 1]);
});

it("hands Functions their variables by context and nothing of this process", async () => {
  process.env.PARENT_SECRET = "secret";
  const { variables, env } = await readSeen();
  expect(variables).toMatchObject({
    ACCOUNT_SID: "AC00000000000000000000000000000001",
    DOMAIN_NAME: "flex-conversations-1234-dev.twil.io",
    GREETING: "hello",
    PATH: "/sees",
  });
  const ours = ["PATH", "HOME", "NODE_ENV", "TZ"];
  expect(Object.keys(env).filter((name) => !ours.includes(name) && !name.startsWith("NODE_CHANNEL_"))).toEqual([]);
});

it("shows Functions no header of the host's own", async () => {
  const { headers } = await readSeen();
  expect(Object.keys(headers).filter((name) => name.startsWith("i-twilio"))).toEqual([]);
  expect(headers).toMatchObject({ "x-custom": "kept" });
});

it("passes on what Functions print, as they printed it", async () => {
  await readSeen();
  expect(hosting.output.join("")).toContain("seen by /sees\n");
});

it("answers with the status, headers and body that the Function set", async () => {
  const reply = await hosting.call("/sets-headers");
  expect(reply).toMatchObject({ status: 201, text: "grüezi" });
  expect(reply.headers).toMatchObject({ "x-custom": "yes", "set-cookie": ["a=1", "b=2"] });
});

async function readDates() {
  return JSON.parse((await hosting.call("/dates")).text);
}

async function readSeen() {
  const headers = { "x-custom": "kept", "i-twilio-idempotency-token": "t", "i-twilio-invocation": "mine" };
  return JSON.parse((await hosting.call("/sees", { headers })).text);
}
