import * as z from "zod/mini";
import type { Logger } from "../runtime/log";
import { defaultBlockList, readBlockList } from "./block-list";
import { type ChannelTexts, defaultChannelTexts, mergeChannelTexts } from "./channel-texts";
import { defaultHours, type Hours, hoursSchema } from "./hours";
import { defaultTexts, type Texts, textsFor, textsSchema } from "./texts";

export interface Settings {
  hours: Hours;
  texts: Record<string, Texts>;
  /** What reads otherwise on a channel. */
  channelTexts: ChannelTexts;
  /** Content templates (HX…) by language, for what must be said where free text may not go. */
  templates: Record<string, { nobody?: string | undefined }>;
  /** A key of `texts`. */
  defaultLanguage: string;
  /** Senders that are turned away. */
  blocked: readonly string[];
}

/** Unique name of the Sync Document with which an administrator overrides the defaults, without a deployment. */
export const SETTINGS_DOCUMENT = "settings";

const language = z.string().check(z.regex(/^[a-z]{2,3}(?:-[a-z0-9]+)*$/));
const someTexts = z.record(language, z.partial(textsSchema));
const template = z.string().check(z.regex(/^HX[0-9a-f]{32}$/));

const override = z.object({
  hours: z.optional(hoursSchema),
  texts: z.optional(someTexts),
  channelTexts: z.optional(z.record(z.string(), someTexts)),
  templates: z.optional(z.record(language, z.object({ nobody: z.optional(template) }))),
  defaultLanguage: z.optional(z.string()),
  /** Read entry by entry: one that is malformed must not undo the hours. */
  blocked: z.optional(z.unknown()),
});

const defaults: Settings = {
  hours: defaultHours,
  texts: defaultTexts,
  channelTexts: defaultChannelTexts,
  templates: {},
  defaultLanguage: "en",
  blocked: defaultBlockList,
};

const KEPT_MS = 60_000;
/** One entry, so bounded: the settings last read by this process. */
let kept: { settings: Settings; until: number } | undefined;

/**
 * The settings in force: the bundled defaults with the override of Sync on top, kept for a minute. An override that is
 * malformed or cannot be read must not stop a customer: the defaults hold and the log says so.
 */
export async function loadSettings(read: () => Promise<unknown>, log: Logger, now: Date): Promise<Settings> {
  if (kept && now.getTime() < kept.until) return kept.settings;
  let settings = defaults;
  try {
    settings = merge(await read(), log);
  } catch {
    log.warn("settings_unreadable");
    return settings;
  }
  kept = { settings, until: now.getTime() + KEPT_MS };
  return settings;
}

function merge(document: unknown, log: Logger): Settings {
  if (document === undefined) return defaults;
  const parsed = override.safeParse(document);
  if (!parsed.success) {
    log.error("settings_malformed", { field: parsed.error.issues[0]?.path.map(String).join(".") });
    return defaults;
  }
  const { hours, texts, channelTexts, templates, defaultLanguage, blocked } = parsed.data;
  return {
    hours: hours ?? defaults.hours,
    texts: mergeTexts(texts ?? {}),
    channelTexts: mergeChannelTexts(channelTexts, texts),
    templates: templates ?? {},
    defaultLanguage: defaultLanguage ?? defaults.defaultLanguage,
    blocked: readBlockList(blocked, log),
  };
}

/** A language may override single sentences; one we do not have borrows the missing ones from English. */
function mergeTexts(given: Record<string, Partial<Texts>>): Record<string, Texts> {
  const base = defaultTexts.en;
  const merged = Object.entries(given).map(([language, texts]) => [
    language,
    { ...base, ...defaultTexts[language], ...texts },
  ]);
  return { ...defaultTexts, ...Object.fromEntries(merged) };
}

/** The texts for a customer: in their language, if there is such, and as they read on their channel. */
export function textsOn(
  { texts, channelTexts, defaultLanguage }: Settings,
  channel: string,
  wanted: string,
): { language: string; texts: Texts } {
  const found = textsFor(texts, wanted, defaultLanguage);
  return { ...found, texts: { ...found.texts, ...channelTexts[channel]?.[found.language] } };
}
