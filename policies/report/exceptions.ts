import type { ReportedException } from "./results";

/** `excepted until 2027-01-31, because REASON (OWNER)` */
export function exceptionText({ reason, until, owner, id }: ReportedException): string {
  const end = until === undefined ? "" : ` until ${until}`;
  const source = owner ?? id;
  return `excepted${end}, because ${reason}${source === undefined ? "" : ` (${source})`}`;
}
