const monthNames = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const dayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** The fields of an AWS cron expression whose ranges may wrap. The year's cannot. */
const cyclicFields: readonly {
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
}[] = [
  { min: 0, max: 59, names: [] },
  { min: 0, max: 23, names: [] },
  { min: 1, max: 31, names: [] },
  { min: 1, max: 12, names: monthNames },
  { min: 1, max: 7, names: dayNames },
];

/** Writes ranges that wrap, such as FRI-MON or 22-2, as lists: croner does not accept them. */
export function unwrapRanges(fields: string): string {
  return fields
    .split(/\s+/)
    .map((field, index) =>
      field
        .split(",")
        .map((item) => unwrapped(item, cyclicFields[index]))
        .join(","),
    )
    .join(" ");
}

function unwrapped(item: string, field: (typeof cyclicFields)[number] | undefined): string {
  const [, from, to, step = "1"] = /^(\w+)-(\w+)(?:\/(\d+))?$/.exec(item) ?? [];
  if (field === undefined || from === undefined || to === undefined) return item;
  const { min, max, names } = field;
  const numberOf = (text: string) => {
    const named = names.indexOf(text.toUpperCase());
    return named < 0 ? Number(text) : min + named;
  };
  const [low, high, stride] = [numberOf(from), numberOf(to), Number(step)];
  if (!(low > high && low <= max && high >= min && stride >= 1)) return item;
  const span = max - min + 1;
  const count = Math.floor((high + span - low) / stride) + 1;
  return Array.from({ length: count }, (_, nth) => ((low + nth * stride - min) % span) + min).join();
}
