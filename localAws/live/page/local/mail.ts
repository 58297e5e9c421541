import { parseJson, z } from "../../../../cli/json";
import type { Mail } from "../model/page";

const mailSchema = z.object({
  id: z.string(),
  accountId: z.string().optional(),
  at: z.number(),
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
});

/** The mail of one account in the region's answer, newest first. */
export function mailIn(text: string, accountId: string): readonly Mail[] {
  const all = parseJson(z.array(mailSchema), text);
  if (all === undefined) throw new Error("The region's answer about mail has another form.");
  return all
    .filter((mail) => mail.accountId === undefined || mail.accountId === accountId)
    .map(({ id, at, from, to, subject, text: body }) => ({ id, at, from, to, subject, text: body }))
    .sort((one, other) => other.at - one.at);
}
