import { createHmac } from "node:crypto";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import type { CustomChannel } from "../../src/channels/custom-identity";
import { startBareFunctions } from "../support/bare-functions";
import { NO_FLOW_ON_OURS, useContactCentre } from "../support/contact-centre";
import { type Delivery, useCustomChannel } from "../support/custom-channel";

const TELEGRAM_SECRET = "telegram-calls-the-simulated-account";
const VIBER_KEY = "viber-calls-the-simulated-account";
const TEXT = "words that nobody has proven";
const HEADER = "x-telegram-bot-api-secret-token";
const SIGNATURE = "x-viber-content-signature";

const centre = useContactCentre({ ...NO_FLOW_ON_OURS, processes: 1 });

interface Sent extends Delivery {
  method?: string;
}

/** As it is on the wire: doubled headers stay double. */
function send({ path, headers, body, method = "POST" }: Sent, port = centre.simulator.port) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const raw = Object.entries(headers).flatMap(([name, value]) =>
      value.split("\n").flatMap((one): string[] => [name, one]),
    );
    const length = method === "GET" ? [] : ["content-length", String(Buffer.byteLength(body))];
    const outgoing = request(
      { host: "127.0.0.1", port, path, method, headers: ["host", "127.0.0.1", ...raw, ...length], agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response
          .on("data", (chunk: Buffer) => chunks.push(chunk))
          .on("end", () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
      },
    );
    outgoing.on("error", reject).end(method === "GET" ? undefined : body);
  });
}

/** Sends, and promises that nothing came of it: nothing asked of Twilio or a platform, nothing told but a refusal. */
async function refused(sent: Sent): Promise<number> {
  const before = centre.simulator.log.entries.length;
  const { status, text } = await send(sent);
  await centre.simulator.settled();
  const after = centre.simulator.log.entries.slice(before);
  expect(after.filter(({ kind }) => kind === "rest" || kind === "platform")).toEqual([]);
  expect(centre.state().conversations).toEqual([]);
  for (const secret of [TELEGRAM_SECRET, VIBER_KEY, TEXT]) expect(text).not.toContain(secret);
  // What is no JSON the runtime refuses itself, and on this machine it shows how.
  if (text.startsWith("{")) expect(text).not.toMatch(/\bat .+:\d+:\d+/);
  return status;
}

type Forge = (genuine: Delivery) => Sent;

const withHeader =
  (name: string, value?: string): Forge =>
  ({ headers: { [name]: _, ...headers }, ...sent }) => ({
    ...sent,
    headers: { ...headers, ...(value === undefined ? {} : { [name]: value }) },
  });
const withType = (type?: string) => withHeader("content-type", type);
const withPath =
  (change: (path: string) => string): Forge =>
  (sent) => ({ ...sent, path: change(sent.path) });
const withField =
  (name: string, value: unknown): Forge =>
  (sent) => ({ ...sent, body: JSON.stringify({ ...JSON.parse(sent.body), [name]: value }) });
const signedBy = (token: string) => (sent: Delivery) =>
  withHeader(SIGNATURE, createHmac("sha256", token).update(sent.body).digest("hex"))(sent);
const both =
  (...forges: Forge[]): Forge =>
  (sent) =>
    forges.reduce<Delivery>((now, forge) => forge(now), sent);

const FORGED_REQUEST = {
  headers: { [HEADER]: "x", [SIGNATURE]: "0".repeat(64), "content-type": "application/json" },
  cookies: {},
};
const forgedInQuery = `request[headers][${HEADER}]=x&request[headers][content-type]=application/json&request[cookies][a]=b`;

/** For every channel; `&` or `?` as the path has a query already. */
const added = (query: string) => withPath((path) => `${path}${path.includes("?") ? "&" : "?"}${query}`);

const EVERYWHERE: Record<string, [Forge, number]> = {
  "that has no type": [withType(), 415],
  "that is a form": [
    both(withType("application/x-www-form-urlencoded"), (sent) => ({ ...sent, body: `message[text]=${TEXT}` })),
    415,
  ],
  "that is a form of parts": [withType("multipart/form-data; boundary=x"), 415],
  "that is plain text": [withType("text/plain"), 415],
  "by GET": [both(withType(), (sent) => ({ ...sent, method: "GET" })), 415],
  "with headers of its own in its body": [withField("request", FORGED_REQUEST), 403],
  "with a field called request that is a text": [withField("request", "x"), 400],
};

const FORGERIES: Record<CustomChannel, Record<string, [Forge, number]>> = {
  telegram: {
    ...EVERYWHERE,
    "without a secret": [withHeader(HEADER), 403],
    "with an empty secret": [withHeader(HEADER, ""), 403],
    "with a wrong secret": [withHeader(HEADER, `${TELEGRAM_SECRET.slice(0, -1)}x`), 403],
    "with Viber's secret": [withHeader(HEADER, VIBER_KEY), 403],
    "with the bot's own token": [withHeader(HEADER, "4242:simulated-telegram-bot"), 403],
    "with its secret twice": [withHeader(HEADER, `${TELEGRAM_SECRET}\n${TELEGRAM_SECRET}`), 403],
    "with its secret in the URL": [
      both(withHeader(HEADER), added(`${HEADER}=${TELEGRAM_SECRET}&secret_token=${TELEGRAM_SECRET}`)),
      403,
    ],
    "with its secret in the body": [both(withHeader(HEADER), withField(HEADER, TELEGRAM_SECRET)), 403],
    "with its secret under another header's name": [
      both(withHeader(HEADER), withHeader("authorization", `Bearer ${TELEGRAM_SECRET}`)),
      403,
    ],
    "with headers in the URL": [both(withHeader(HEADER), added(forgedInQuery)), 403],
    "with Viber's proofs": [both(withHeader(HEADER), signedBy("x"), added(`key=${VIBER_KEY}`)), 403],
  },
  viber: {
    ...EVERYWHERE,
    "without a key": [withPath((path) => path.replace(/\?.*/, "")), 403],
    "with a wrong key": [withPath((path) => `${path.slice(0, -1)}x`), 403],
    "with Telegram's secret for a key": [withPath((path) => path.replace(VIBER_KEY, TELEGRAM_SECRET)), 403],
    "with its key twice": [added(`key=${VIBER_KEY}`), 403],
    "with its key in a header": [
      both(
        withPath((path) => path.replace(/\?.*/, "")),
        withHeader("key", VIBER_KEY),
      ),
      403,
    ],
    "without a signature": [withHeader(SIGNATURE), 403],
    "with its signature twice": [
      (sent) => withHeader(SIGNATURE, `${sent.headers[SIGNATURE]}\n${sent.headers[SIGNATURE]}`)(sent),
      403,
    ],
    "with its signature in the URL": [
      (sent) => both(withHeader(SIGNATURE), added(`sig=${sent.headers[SIGNATURE]}`))(sent),
      403,
    ],
    "signed with its key": [signedBy(VIBER_KEY), 403],
    "signed with nothing": [signedBy(""), 403],
    "with other words than were signed": [(sent) => ({ ...sent, body: sent.body.replace(TEXT, `${TEXT}!`) }), 403],
    "of somebody else than was signed": [
      (sent) => ({ ...sent, body: sent.body.replace(/"id":"[^"]+"/, '"id":"c29tZWJvZHkgZWxzZQ=="') }),
      403,
    ],
    "with a field twice": [(sent) => ({ ...sent, body: sent.body.replace(/}$/, ',"event":"subscribed"}') }), 403],
    "with a field more in the URL": [added("silent2=true"), 403],
    "with Telegram's proof": [both(withHeader(SIGNATURE), withHeader(HEADER, TELEGRAM_SECRET)), 403],
  },
};

describe.each(["telegram", "viber"] as const)("on %s", (channel) => {
  const customer = useCustomChannel(centre, channel);
  const genuine = (text = TEXT) => customer.sealed(customer.message(text));

  it("a genuine event is taken", async () => {
    expect((await send(genuine())).status).toBe(200);
    await centre.simulator.settled();
    expect(customer.said()).toEqual([[TEXT]]);
  });

  it.each(Object.entries(FORGERIES[channel]))(
    "one %s is refused, and nothing comes of it",
    async (_, [forge, status]) => {
      expect(await refused(forge(genuine()))).toBe(status);
    },
  );

  it.each([
    ["text", `{"text":"${"x".repeat(5_900_000)}"}`],
    ["key", `{"key":"${"x".repeat(5_900_000)}"}`],
    ["object", `{${Array.from({ length: 400_000 }, (_, i) => `"k${i}":1`).join()}}`],
    ["nesting", `{"message":${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}}`],
    ["nesting of objects", `${'{"message":'.repeat(200_000)}1${"}".repeat(200_000)}`],
  ])("megabytes of %s without a proof are refused", async (_, body) => {
    const { path, headers } = genuine();
    const { [HEADER]: __, ...others } = headers;
    expect([400, 403]).toContain(await refused({ path: path.replace(/\?.*/, ""), headers: others, body }));
  });

  it.each([
    ["a list", "[]"],
    ["a list of events", `[${'{"event":"message"}'.repeat(1)}]`],
    ["no object", "null"],
    ["no JSON", "{"],
    ["nothing", ""],
    [
      "names of JavaScript's own",
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":1}',
    ],
    [
      "such names where fields should be",
      '{"event":"__proto__","message":{"__proto__":{"text":"x"}},"sender":{"id":"constructor"}}',
    ],
    ["deep nesting", `{"message":${"[".repeat(5_000)}${"]".repeat(5_000)}}`],
  ])("%s, proven genuine, does no harm", async (_, body) => {
    expect([200, 400, 403]).toContain(await refused(customer.sealed(body)));
    expect(await customer.says("Still there?")).toBe(200);
    expect(customer.said()).toEqual([["Still there?"]]);
  });

  it("one that is brought again under another proof is refused", async () => {
    const { path, headers, body } = genuine();
    const other = channel === "viber" ? { path: path.replace(VIBER_KEY, `${VIBER_KEY}2`) } : { path };
    const proof: Record<string, string> = channel === "viber" ? {} : { [HEADER]: `${TELEGRAM_SECRET}2` };
    expect(await refused({ ...other, headers: { ...headers, ...proof }, body })).toBe(403);
  });
});

describe("a service whose secrets are not set, or not worth their name,", () => {
  const SECRETS: Record<CustomChannel, Record<string, string>> = {
    telegram: { TELEGRAM_SECRET_TOKEN: TELEGRAM_SECRET },
    viber: {
      VIBER_WEBHOOK_KEY: VIBER_KEY,
      VIBER_AUTH_TOKEN: "0000000000000042-0000000000000042-0000000000000042",
    },
  };
  const flex = () => {
    const { taskrouter } = centre.simulator.world();
    return {
      FLEX_WORKSPACE_SID: taskrouter.workspace.sid,
      FLEX_WORKFLOW_SID: [...taskrouter.workflows.keys()][0] ?? "",
    };
  };
  const statuses = async (env: Record<string, string>, deliveries: readonly Delivery[]) => {
    const bare = await startBareFunctions(centre.simulator, { ...flex(), ...env });
    const found: number[] = [];
    for (const { path, headers, body } of deliveries) {
      const answer = await bare.call({ path, headers, body: { type: "application/json", text: body } });
      found.push(answer.status);
    }
    await bare.stop();
    const names = Object.values(env).filter((value) => value.length > 8);
    for (const secret of names) expect(bare.output()).not.toContain(secret);
    return found;
  };

  describe.each(["telegram", "viber"] as const)("on %s", (channel) => {
    const customer = useCustomChannel(centre, channel);
    const [secret = "", ...others] = Object.keys(SECRETS[channel]);
    const event = () => customer.sealed({ update_id: 1, event: "webhook" });
    const empty = (): Delivery[] => {
      const { path, headers, body } = event();
      const bare = path.replace(/\?.*/, "");
      return [
        event(),
        { path: bare, headers: {}, body },
        { path: `${bare}?key=`, headers: { ...headers, [HEADER]: "" }, body },
        { path: `${bare}?key=undefined`, headers: { ...headers, [HEADER]: "undefined" }, body },
      ];
    };

    it.each([secret, ...others])(
      "lets nobody in without %s",
      async (missing) => {
        for (const value of [{}, { [missing]: "" }, { [missing]: "short" }]) {
          const { [missing]: _, ...rest } = SECRETS[channel];
          expect(await statuses({ ...rest, ...value }, empty())).toEqual([500, 500, 500, 500]);
        }
      },
      30_000,
    );

    it("takes the secret that is to follow beside the one that is, and no third", async () => {
      const next = "the-secret-that-is-to-follow-0123456789";
      const { path, headers, body } = event();
      const under = (proof: string): Delivery => ({
        ...{ path: path.replace(VIBER_KEY, proof), body },
        headers: channel === "telegram" ? { ...headers, [HEADER]: proof } : headers,
      });
      const deliveries = [event(), under(next), under(`${next}x`), under("")];
      const env = { ...SECRETS[channel], [`${secret}_NEXT`]: next };
      expect(await statuses(env, deliveries)).toEqual([200, 200, 403, 403]);
      expect(await statuses({ ...SECRETS[channel], [`${secret}_NEXT`]: "" }, [event(), under("")])).toEqual([200, 403]);
    }, 30_000);
  });
});

describe("a link to a file that leads elsewhere than to Viber", () => {
  const customer = useCustomChannel(centre, "viber");

  it.each([
    "https://169.254.169.254/latest/meta-data",
    "http://169.254.169.254/latest/meta-data",
    "https://2852039166/latest/meta-data",
    "https://0xa9fea9fe/",
    "https://0251.0376.0251.0376/",
    "https://[::ffff:169.254.169.254]/",
    "https://viber.com.evil.example/a.jpg",
    "https://evil-viber.com/a.jpg",
    "https://evilviber.com/a.jpg",
    "https://viber.com@evil.example/a.jpg",
    "https://evil.example\\@dl-media.viber.com/a.jpg",
    "https://evil.example/#@dl-media.viber.com/a.jpg",
    "https://dl-media.viber.com%2eevil.example/a.jpg",
    "https://dl-media.vibеr.com/a.jpg",
    "https://xn--dl-media-viber.com/a.jpg",
    "https://dl-media.viber.com:22/a.jpg",
  ])("is not followed: %s", async (media) => {
    const before = centre.simulator.log.entries.length;
    const event = customer.message("", { id: "4912661846655238145" }) as { message: object };
    await customer.bring({ ...event, message: { type: "picture", text: "", media } });
    await centre.simulator.settled();
    const after = centre.simulator.log.entries.slice(before);
    expect(after.filter(({ kind }) => kind === "platform")).toEqual([]);
    expect(centre.state().media).toEqual([]);
    expect(customer.said()).toEqual([[expect.stringMatching(/^\[A file was sent\. .+\]$/)]]);
  });

  it("is not even knocked at", async () => {
    let knocks = 0;
    const server = createServer((_, response) => void response.end("secret")).on("connection", () => {
      knocks += 1;
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    for (const media of [`http://127.0.0.1:${port}/`, `https://localhost:${port}/`, `https://[::1]:${port}/`]) {
      const event = customer.message("") as { message: object };
      await customer.bring({ ...event, message: { type: "file", media, file_name: "a.pdf", size: 10 } });
    }
    await centre.simulator.settled();
    server.close();
    expect(knocks).toBe(0);
    expect(customer.said()[0]).toHaveLength(3);
  });
});
