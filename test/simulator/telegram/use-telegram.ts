import { account } from "../../../src/simulator/seeds";
import type { SimulatorOptions } from "../../../src/simulator/simulator";
import { useSimulator } from "../use-simulator";

const { token } = account.telegramBot;

interface Reply {
  ok: boolean;
  result?: Record<string, unknown>;
  error_code?: number;
  description?: string;
  parameters?: Record<string, unknown>;
}

/** A simulator whose Bot API is called as any bot calls it. */
export function useTelegram(options: SimulatorOptions = {}) {
  const sim = useSimulator(options);
  async function post(method: string, body: string | URLSearchParams | FormData, headers: Record<string, string> = {}) {
    const answer = await fetch(`https://api.telegram.org/bot${token}/${method}`, { method: "POST", body, headers });
    return { http: answer.status, ...((await answer.json()) as Reply) };
  }
  const call = (method: string, params: object = {}) =>
    post(method, JSON.stringify(params), { "content-type": "application/json" });
  return {
    sim,
    post,
    call,
    user: (id = 4711) => sim.world.platforms.telegram.user(id),
    /** What a method refuses with: HTTP status, code and words, which must agree. */
    async refusal(method: string, params: object) {
      const { http, ok, error_code, description } = await call(method, params);
      expect([ok, error_code]).toEqual([false, http]);
      return `${error_code} ${description}`;
    },
    upload(
      method: string,
      fields: Record<string, string>,
      name: string,
      file: { content: Buffer; filename: string; type: string },
    ) {
      const form = new FormData();
      for (const [field, value] of Object.entries(fields)) form.append(field, value);
      form.append(name, new Blob([new Uint8Array(file.content)], { type: file.type }), file.filename);
      return post(method, form);
    },
    download: (path: string) => fetch(`https://api.telegram.org/file/bot${token}/${path}`),
    shown: (id = 4711) =>
      sim.world.phones.messages(`telegram_${id}`).map(({ direction, body }) => `${direction} ${body}`),
  };
}

export const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);
