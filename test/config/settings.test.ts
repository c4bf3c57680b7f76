import { LIMITS } from "../../src/channels/limits";
import { segmentsOf } from "../../src/channels/segments";
import { defaultChannelTexts } from "../../src/config/channel-texts";
import { type Settings, textsOn } from "../../src/config/settings";
import { defaultTexts, textsFor, textsSchema } from "../../src/config/texts";
import { createLogger } from "../../src/runtime/log";

const NOW = new Date("2026-11-24T15:00:00Z");

/** Settings as a process that has just started reads them; each call of `load` is another process. */
async function load(read: () => Promise<unknown>): Promise<{ settings: Settings; log: string[] }> {
  const log: string[] = [];
  let settings: Settings | undefined;
  await jest.isolateModulesAsync(async () => {
    const { loadSettings } = await import("../../src/config/settings");
    settings = await loadSettings(
      read,
      createLogger({}, (line) => log.push(line)),
      NOW,
    );
  });
  if (!settings) throw new Error("nothing was loaded");
  return { settings, log };
}

describe("settings", () => {
  it("are the bundled ones where nothing is set in Sync", async () => {
    const { settings, log } = await load(async () => undefined);
    expect(settings.hours.timeZone).toBe("America/New_York");
    expect(settings.texts.en?.menu).toBe(defaultTexts.en?.menu);
    expect(log).toEqual([]);
  });

  it("let an administrator change one sentence of one language and leave the rest", async () => {
    const { settings } = await load(async () => ({ texts: { de: { menu: "1 oder 2?" }, fr: { menu: "1 ou 2 ?" } } }));
    expect(settings.texts.de).toEqual({ ...defaultTexts.de, menu: "1 oder 2?" });
    expect(settings.texts.fr).toEqual({ ...defaultTexts.en, menu: "1 ou 2 ?" });
    expect(settings.texts.en).toEqual(defaultTexts.en);
  });

  it("let their own words go before the bundled ones of a channel, and words for one channel before both", async () => {
    const { settings } = await load(async () => ({
      texts: { en: { menu: "1 or 2?" } },
      channelTexts: { whatsapp: { en: { menuAgain: "*1* or *2*!" } }, web: { en: { greeting: "Hello on the web" } } },
    }));
    const on = (channel: string) => textsOn(settings, channel, "en").texts;
    expect(on("sms")).toEqual({ ...defaultTexts.en, menu: "1 or 2?" });
    expect(on("messenger")).toMatchObject({
      menu: "1 or 2?",
      menuAgain: defaultChannelTexts.messenger?.en?.menuAgain,
      greeting: defaultTexts.en?.greeting,
    });
    expect(on("whatsapp")).toMatchObject({ menu: "1 or 2?", menuAgain: "*1* or *2*!" });
    expect(on("web").greeting).toBe("Hello on the web");
  });

  it("know templates by language, and refuse what is none", async () => {
    const nobody = `HX${"1".repeat(32)}`;
    expect((await load(async () => ({ templates: { de: { nobody } } }))).settings.templates).toEqual({
      de: { nobody },
    });
    const { settings, log } = await load(async () => ({ templates: { de: { nobody: "greeting" } } }));
    expect(settings.templates).toEqual({});
    expect(log.join()).toContain("templates.de.nobody");
  });

  it("fall back to the bundled ones when the override is malformed, and the log names the field", async () => {
    const { settings, log } = await load(async () => ({ hours: { timeZone: "Mars/Olympus" } }));
    expect(settings.hours.timeZone).toBe("America/New_York");
    expect(log.join()).toContain("settings_malformed");
    expect(log.join()).toContain("hours.timeZone");
  });

  it("fall back to the bundled ones when Sync cannot be read", async () => {
    const { settings, log } = await load(() => Promise.reject(new Error("503")));
    expect(settings.texts).toEqual(defaultTexts);
    expect(log.join()).toContain("settings_unreadable");
  });

  it("are read once a minute by a process, not at every request", async () => {
    const read = jest.fn(async () => ({ defaultLanguage: "de" }));
    await jest.isolateModulesAsync(async () => {
      const { loadSettings } = await import("../../src/config/settings");
      const logger = createLogger({}, () => undefined);
      for (const seconds of [0, 30, 59, 61]) {
        const now = new Date(NOW.getTime() + seconds * 1000);
        expect((await loadSettings(read, logger, now)).defaultLanguage).toBe("de");
      }
    });
    expect(read).toHaveBeenCalledTimes(2);
  });
});

describe("texts", () => {
  it.each([
    ["es", "es"],
    ["es-MX", "es"],
    ["ES", "es"],
    ["xx", "en"],
    ["", "en"],
    ["__proto__", "en"],
  ])("for %j are those in %s", (wanted, language) => {
    expect(textsFor(defaultTexts, wanted, "en").language).toBe(language);
  });

  it("are complete in every bundled language", () => {
    for (const texts of Object.values(defaultTexts)) expect(textsSchema.safeParse(texts).success).toBe(true);
  });

  it.each(["sms", "whatsapp", "messenger"] as const)(
    "fit into one message of %s, and into three SMS at most",
    async (channel) => {
      const { settings } = await load(async () => undefined);
      for (const language of Object.keys(defaultTexts)) {
        for (const text of Object.values(textsOn(settings, channel, language).texts)) {
          expect(text.length).toBeLessThanOrEqual(LIMITS[channel].toCustomer.text.most);
          if (channel === "sms") expect(segmentsOf(text)).toBeLessThanOrEqual(3);
        }
      }
    },
  );

  it("have a line for each choice where there is room, in bold on WhatsApp", async () => {
    const { settings } = await load(async () => undefined);
    const lines = (channel: string) => textsOn(settings, channel, "en").texts.menu.split("\n").slice(1);
    expect(lines("whatsapp")).toEqual(["*1* Sales", "*2* Support"]);
    expect(lines("messenger")).toEqual(["1. Sales", "2. Support"]);
    expect(lines("sms")).toEqual([]);
  });
});
