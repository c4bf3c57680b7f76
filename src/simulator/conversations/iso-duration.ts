const DURATION =
  /^P(?=.)(?:(\d+)W|(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?)$/;
const SECONDS = [604_800, 31_536_000, 2_592_000, 86_400, 3_600, 60, 1];

/** Milliseconds of an ISO 8601 duration such as `PT10M` or `P3D`; undefined when it is not one. A month counts 30 days, a year 365. */
export function durationMs(text: string): number | undefined {
  const parts = DURATION.exec(text);
  if (!parts) return undefined;
  return SECONDS.reduce((sum, seconds, i) => sum + Number(parts[i + 1] ?? 0) * seconds * 1000, 0);
}
