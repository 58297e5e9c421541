import { z } from "../../cli/json";
import type { Context } from "../context";
import { requireRegion } from "../live/region";

const mailSchema = z.object({
  id: z.string(),
  accountId: z.string(),
  /** Milliseconds since 1970. */
  at: z.number(),
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
});

/** Prints the mail that the stack's account sent: notifications, alarms, and WordPress's own. */
export async function mail(context: Context): Promise<void> {
  const { control, accountId } = await requireRegion(context);
  const all = await control.get("/mail", z.array(mailSchema));
  const mails = all.filter((each) => each.accountId === accountId);
  context.learn({ mail: mails });
  context.conclude(
    mails.length === 0
      ? "No mail yet. Auto Scaling sends one when a server comes or goes, to each address of a notification topic."
      : mails.map(textOf).join("\n\n"),
  );
}

function textOf({ at, from, to, subject, text }: z.output<typeof mailSchema>): string {
  const head = [
    `Date: ${new Date(at).toISOString()}`,
    `From: ${from}`,
    `To: ${to.join(", ")}`,
    `Subject: ${subject}`,
  ];
  return [
    ...head,
    "",
    ...text
      .trimEnd()
      .split("\n")
      .map((line) => `  ${line}`),
  ].join("\n");
}
