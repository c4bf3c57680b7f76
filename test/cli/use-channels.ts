import { type CustomChannel, identityOf } from "../../src/channels/custom-identity";
import { main } from "../../src/cli/main";
import { changeVariables, liveFunctions } from "../../src/deploy/live-variables";
import { useContactCentre } from "../support/contact-centre";

interface Case {
  channel: CustomChannel;
  /** As the platform calls it. */
  account: string;
  secret: string;
  /** The value it has from the start. */
  first: string;
  customer: string;
}

export const CHANNELS: readonly [Case, ...Case[]] = [
  {
    ...{ channel: "telegram", account: "@simulated_contact_centre_bot", secret: "TELEGRAM_SECRET_TOKEN" },
    ...{ first: "telegram-calls-the-simulated-account", customer: "telegram_4711" },
  },
  {
    ...{ channel: "viber", account: "Contact Centre", secret: "VIBER_WEBHOOK_KEY" },
    ...{ first: "viber-calls-the-simulated-account" },
    customer: identityOf({ channel: "viber", userId: "Ana/of+viber==" }),
  },
];

const NAMES = { serviceName: "flex-conversations", environment: "dev" };

/** An administrator's command line, whose Functions are deployed, so that they work with the variables that the account has. */
export function useChannels() {
  // At the present, as the command is.
  const centre = useContactCentre({ deployed: true, processes: 1, whenOpen: false, addresses: [] });
  const live = () => liveFunctions(centre.twilio, NAMES);
  const setVariables = async (variables: Record<string, string | undefined>) =>
    changeVariables(centre.twilio, await live(), Object.entries(variables));

  const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN } = process.env;
  beforeEach(async () => {
    const { sid, authToken } = centre.simulator.account;
    process.env.TWILIO_ACCOUNT_SID = sid;
    process.env.TWILIO_AUTH_TOKEN = authToken;
    // What is deployed outlives a fresh account.
    for (const { secret, first } of CHANNELS) await setVariables({ [secret]: first, [`${secret}_NEXT`]: undefined });
  });
  afterAll(() => {
    process.env.TWILIO_ACCOUNT_SID = TWILIO_ACCOUNT_SID;
    process.env.TWILIO_AUTH_TOKEN = TWILIO_AUTH_TOKEN;
  });

  return {
    ...{ centre, live, setVariables },
    /** Runs the command as the program does, and collects what it says. */
    async run(...args: string[]) {
      const out: string[] = [];
      const err: string[] = [];
      const terminal = { print: (text: string) => void out.push(text), warn: (text: string) => void err.push(text) };
      const code = await main(["channels", ...args], terminal);
      await centre.simulator.settled();
      return { code, out: out.join("\n"), err: err.join("\n") };
    },
    binding: (channel: string) =>
      centre.state().documents.find(({ uniqueName }) => uniqueName === `channel.${channel}`)?.data,
    urlOf: async (channel: string) => `https://${(await live()).domain}/inbound/${channel}`,
    says(customer: string, body: string): void {
      centre.simulator.world().platforms.customer(customer)?.send({ body });
    },
    /** All that the customer's Conversations hold, in no promised order. */
    taken: (customer: string) =>
      centre
        .state()
        .conversations.flatMap(({ messages }) => messages)
        .filter(({ author }) => author === customer)
        .map(({ body }) => body)
        .sort(),
    /** As the bot's owner could from anywhere. */
    async setWebhook(channel: CustomChannel, url: string, secret: string): Promise<void> {
      const { telegramBot, viberBot } = centre.simulator.account;
      const [address, headers, fields] =
        channel === "telegram"
          ? [`https://api.telegram.org/bot${telegramBot.token}/setWebhook`, {}, { url, secret_token: secret }]
          : ["https://chatapi.viber.com/pa/set_webhook", { "x-viber-auth-token": viberBot.token }, { url }];
      const body = JSON.stringify(fields);
      await fetch(address, { method: "POST", headers: { ...headers, "content-type": "application/json" }, body });
    },
  };
}
