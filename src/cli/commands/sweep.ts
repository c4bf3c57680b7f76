import { Command, InvalidArgumentError } from "commander";
import type { Cursor } from "../../conversation/sweep/cursor";
import { type Found, type Swept, sweepPage } from "../../conversation/sweep/sweep";
import { readCredentials } from "../account";
import { inWords } from "../in-words";
import { printSweep } from "../print-sweep";
import { readDeploymentSettings } from "../read-deployment-settings";
import { sweepDesk } from "../sweep-desk";
import { CommandError, type Terminal } from "../terminal";

interface Options {
  fix?: boolean;
  hours: number;
  environment?: string;
  json?: boolean;
}

/** `sweep`: finds and repairs Conversations that slipped through everything else; made for cron. */
export function sweepCommand(terminal: Terminal): Command {
  return new Command("sweep")
    .summary("find, and with --fix repair, customers whom nobody has")
    .description(
      "Looks at every live Conversation of the deployed bundle, at those closed lately, and at open Tasks. Without --fix it\n" +
        "only tells. Exits 0 when nothing is left to do, 1 when something is. The account comes from TWILIO_ACCOUNT_SID and\n" +
        "TWILIO_AUTH_TOKEN, what the Functions work with from their own variables there.",
    )
    .option("--fix", "repair what is found")
    .option("--hours <n>", "how far back closed Conversations are looked at", readHours, 2)
    .option("--environment <suffix>", "environment of the deployed Functions (default: the one in .twilioserverlessrc)")
    .option("--json", "print one JSON document")
    .action(async ({ fix = false, hours, environment, json }: Options) => {
      const credentials = readCredentials("");
      const names = readDeploymentSettings(process.cwd(), environment);
      const newDesk = await inWords(() => sweepDesk(credentials, names, terminal));
      const page = (cursor?: Cursor) =>
        inWords(() => sweepPage(newDesk(), { fix, hours, ...(cursor ? { cursor } : {}) }));
      const { checked, found, left } = await sweepAll(page, fix);
      terminal.print(json ? JSON.stringify({ checked, found }) : printSweep({ checked, found }));
      if (left > 0) throw new CommandError(`${left} left${fix ? "" : ": repair them with --fix"}.`);
    });
}

/** What is repaired may leave a list, and what follows move up over the end of a page: again, until nothing is repaired. */
const MOST_ROUNDS = 5;

async function sweepAll(page: (cursor?: Cursor) => Promise<Swept>, fix: boolean) {
  const repaired: Found[] = [];
  for (let round = 1; ; round += 1) {
    const { checked, found } = await sweepOnce(page);
    const done = found.filter((one) => one.done);
    const left = found.filter((one) => !one.done);
    repaired.push(...done);
    if (!fix || done.length === 0 || round === MOST_ROUNDS) {
      return { checked, found: [...repaired, ...left], left: left.length };
    }
  }
}

async function sweepOnce(page: (cursor?: Cursor) => Promise<Swept>): Promise<{ checked: number; found: Found[] }> {
  const found: Found[] = [];
  let checked = 0;
  let cursor: Cursor | undefined;
  do {
    const swept = await page(cursor);
    found.push(...swept.found);
    checked += swept.checked;
    cursor = swept.cursor;
  } while (cursor);
  return { checked, found };
}

function readHours(text: string): number {
  const hours = Number(text);
  if (Number.isInteger(hours) && hours >= 1 && hours <= 336) return hours;
  throw new InvalidArgumentError("hours are 1 to 336.");
}
