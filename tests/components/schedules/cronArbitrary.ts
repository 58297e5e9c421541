import fc from "fast-check";

/** A cron expression in EventBridge Scheduler's syntax, and the same expression for the independent library. */
export interface CronSample {
  readonly expression: string;
  /** With seconds, a year and AWS's numbers for days of the week (1 for Sunday). */
  readonly croner: string;
}

interface FieldSample {
  readonly aws: string;
  readonly croner: string;
}

const same = (text: string): FieldSample => ({ aws: text, croner: text });

/** Numbers, ranges, steps, lists and `*` of one field. The library needs the end of an open `start/step`. */
function field(min: number, max: number): fc.Arbitrary<FieldSample> {
  const number = fc.integer({ min, max });
  const range = fc.tuple(number, number).map(([one, other]) => [Math.min(one, other), Math.max(one, other)]);
  const step = fc.integer({ min: 1, max: max - min });
  const item = fc.oneof(
    number.map((value) => same(String(value))),
    range.map(([low, high]) => same(`${String(low)}-${String(high)}`)),
    fc.tuple(range, step).map(([[low, high], by]) => same(`${String(low)}-${String(high)}/${String(by)}`)),
    fc.tuple(number, step).map(([low, by]) => ({
      aws: `${String(low)}/${String(by)}`,
      croner: `${String(low)}-${String(max)}/${String(by)}`,
    })),
  );
  const list = fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => ({
    aws: items.map(({ aws }) => aws).join(","),
    croner: items.map(({ croner }) => croner).join(","),
  }));
  return fc.oneof({ weight: 3, arbitrary: list }, { weight: 1, arbitrary: fc.constant(same("*")) });
}

const month = fc.oneof(field(1, 12), fc.constantFrom(same("FEB"), same("JAN-MAR"), same("APR,OCT")));
const dayOfMonth = fc.oneof(
  field(1, 31),
  fc.constantFrom(same("L"), same("LW"), same("29"), same("30"), same("31")),
  fc.integer({ min: 1, max: 31 }).map((day) => same(`${String(day)}W`)),
);
const dayOfWeekNumber = fc.integer({ min: 1, max: 7 });
const dayOfWeek = fc.oneof(
  fc.uniqueArray(dayOfWeekNumber, { minLength: 1 }).map((days) => same(days.join(","))),
  fc.constantFrom(same("MON-FRI"), same("SUN,SAT"), same("2-6"), same("*"), { aws: "L", croner: "7" }),
  dayOfWeekNumber.map((day) => ({ aws: `${String(day)}L`, croner: `${String(day)}#L` })),
  fc
    .tuple(dayOfWeekNumber, fc.integer({ min: 1, max: 5 }))
    .map(([day, nth]) => same(`${String(day)}#${String(nth)}`)),
);
/** Exactly one of the two fields selects the days. */
const days = fc.oneof(
  dayOfMonth.map(({ aws, croner }) => ({ aws: [aws, "?"], croner: [croner, "*"] })),
  dayOfWeek.map(({ aws, croner }) => ({ aws: ["?", aws], croner: ["*", croner] })),
);
const year = fc.constantFrom("*", "2024-2032", "2028", "2023/2").map((aws) => ({
  aws,
  croner: aws.replace("/", "-2199/"),
}));

export const cronSample: fc.Arbitrary<CronSample> = fc
  .tuple(field(0, 59), field(0, 23), days, month, year)
  .map(([minutes, hours, day, months, years]) => {
    const [dayOfMonth, dayOfWeek] = day.aws;
    const [cronerDayOfMonth, cronerDayOfWeek] = day.croner;
    const aws = [minutes.aws, hours.aws, dayOfMonth, months.aws, dayOfWeek, years.aws].join(" ");
    return {
      expression: `cron(${aws})`,
      croner: [
        "0",
        minutes.croner,
        hours.croner,
        cronerDayOfMonth,
        months.croner,
        cronerDayOfWeek,
        years.croner,
      ].join(" "),
    };
  });
