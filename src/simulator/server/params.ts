import { ApiError, missingParameter } from "./api-error";

/** Form or query parameters in Twilio's spelling (`MessagingBinding.Address`), read by type. */
export class Params {
  constructor(private readonly search: URLSearchParams) {}

  has(name: string): boolean {
    return this.search.has(name);
  }

  get(name: string): string | undefined {
    return this.search.get(name) ?? undefined;
  }

  require(name: string): string {
    const value = this.get(name);
    if (value === undefined || value === "") throw missingParameter(name);
    return value;
  }

  all(name: string): string[] {
    return this.search.getAll(name);
  }

  bool(name: string): boolean | undefined {
    const value = this.get(name);
    return value === undefined ? undefined : value.toLowerCase() === "true";
  }

  int(name: string): number | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    if (!/^-?\d+$/.test(value)) throw new ApiError(400, 20001, `Parameter ${name} must be an integer`);
    return Number(value);
  }

  date(name: string): Date | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    const date = new Date(value);
    if (Number.isNaN(date.getTime())) throw new ApiError(400, 20001, `Parameter ${name} must be a date`);
    return date;
  }

  /** A parameter that holds JSON text; what is not JSON is refused. */
  json(name: string): unknown {
    const value = this.get(name);
    if (value === undefined) return undefined;
    try {
      return JSON.parse(value);
    } catch {
      throw new ApiError(400, 20001, `Parameter ${name} must hold valid JSON`);
    }
  }

  /** These parameters, with others in the place of some. */
  with(values: Record<string, string>): Params {
    const search = new URLSearchParams(this.search);
    for (const [name, value] of Object.entries(values)) search.set(name, value);
    return new Params(search);
  }

  entries(): [string, string][] {
    return [...this.search.entries()];
  }
}
