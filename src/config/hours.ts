import * as z from "zod/mini";

const time = z.string().check(z.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, "a time is HH:MM, 00:00 to 24:00"));
const interval = z
  .tuple([time, time])
  .check(z.refine(([from, to]) => from < to, "an interval ends after it starts; write one over midnight as two"));
const day = z.array(interval).check(z.maxLength(6));

export const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

export const hoursSchema = z.object({
  /** IANA name, such as Europe/Berlin. */
  timeZone: z.string().check(z.refine(isTimeZone, "an IANA time zone is needed, such as Europe/Berlin")),
  week: z.object({ sun: day, mon: day, tue: day, wed: day, thu: day, fri: day, sat: day }),
  /** Days with hours of their own, none for closed. */
  holidays: z.array(
    z.object({
      date: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, "a date is YYYY-MM-DD")),
      name: z.string().check(z.maxLength(100)),
      hours: z._default(day, []),
    }),
  ),
});

export type Hours = z.output<typeof hoursSchema>;

/** What holds until an administrator sets hours of their own in Sync. */
export const defaultHours: Hours = {
  timeZone: "America/New_York",
  week: {
    sun: [],
    mon: [["08:00", "20:00"]],
    tue: [["08:00", "20:00"]],
    wed: [["08:00", "20:00"]],
    thu: [["08:00", "20:00"]],
    fri: [["08:00", "20:00"]],
    sat: [["09:00", "17:00"]],
  },
  holidays: [
    { date: "2026-12-25", name: "Christmas Day", hours: [] },
    { date: "2027-01-01", name: "New Year's Day", hours: [] },
  ],
};

export interface Opening {
  open: boolean;
  /** Why: `hours`, or the holiday's name. */
  reason: string;
  /** When the next interval starts, at most 14 days ahead; undefined while open or when nothing is planned. */
  opensAt?: Date;
  /** When the running interval ends. */
  closesAt?: Date;
}

const DAYS_AHEAD = 14;

/** Whether the contact centre is open at a time, by its own clock and calendar. */
export function openingAt(hours: Hours, now: Date): Opening {
  const today = dayOf(hours, now, 0);
  const running = today.intervals.find(({ start, end }) => start <= now && now < end);
  if (running) return { open: true, reason: today.reason, closesAt: running.end };
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead += 1) {
    const next = dayOf(hours, now, ahead).intervals.find(({ start }) => start > now);
    if (next) return { open: false, reason: today.reason, opensAt: next.start };
  }
  return { open: false, reason: today.reason };
}

/** The intervals of the calendar day `ahead` days from now, as instants. */
function dayOf({ timeZone, week, holidays }: Hours, now: Date, ahead: number) {
  const date = new Date(`${localDate(now, timeZone)}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + ahead);
  const name = date.toISOString().slice(0, 10);
  const holiday = holidays.find((one) => one.date === name);
  const weekday = WEEKDAYS[date.getUTCDay()] ?? "sun";
  const intervals = (holiday ? holiday.hours : week[weekday])
    .map(([from, to]) => ({ start: instantOf(name, from, timeZone), end: instantOf(name, to, timeZone) }))
    .sort((a, b) => a.start.getTime() - b.start.getTime());
  return { intervals, reason: holiday?.name ?? "hours" };
}

function localDate(at: Date, timeZone: string): string {
  return new Date(at.getTime() + offsetMs(at, timeZone)).toISOString().slice(0, 10);
}

/** The instant of a local date and time. Looked at twice, since the zone's offset may change between guess and result. */
function instantOf(date: string, clock: string, timeZone: string): Date {
  const [hour, minute] = clock.split(":").map(Number);
  const asUtc = Date.parse(`${date}T00:00:00Z`) + (Number(hour) * 60 + Number(minute)) * 60_000;
  const guess = new Date(asUtc - offsetMs(new Date(asUtc), timeZone));
  return new Date(asUtc - offsetMs(guess, timeZone));
}

/** How far local time is ahead of UTC. */
function offsetMs(at: Date, timeZone: string): number {
  const parts = clockOf(timeZone).formatToParts(at);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const local = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return local - Math.floor(at.getTime() / 1000) * 1000;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** One a zone, since each takes longer to make than all else here: there are only so many zones. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  clocks.set(timeZone, made);
  return made;
}
