import { z } from "zod";

import { run } from "../../../localAws/live/command";

const mail = z.strictObject({
  headers: z.array(z.tuple([z.string(), z.string()])),
  parts: z.array(z.strictObject({ type: z.string(), name: z.string().nullable(), text: z.string() })),
  defects: z.array(z.string()),
});

export type Mail = z.output<typeof mail>;

/** Python's mail parser, which is strict about headers and reports each defect. */
const parser = `
import email, email.policy, json, sys
message = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
leaves = [part for part in message.walk() if not part.is_multipart()]
print(json.dumps({
    "headers": [[name, str(value)] for name, value in message.items()],
    "parts": [{"type": part.get_content_type(), "name": part.get_filename(),
               "text": (part.get_payload(decode=True) or b"").decode(part.get_content_charset() or "utf-8", "replace")} for part in leaves],
    "defects": [type(defect).__name__ for part in message.walk() for defect in part.defects],
}))
`;

export async function parseMail(raw: string): Promise<Mail> {
  // SES requires 7-bit bytes, which are the same in every encoding.
  return mail.parse(JSON.parse(await run(["python3", "-c", parser], { input: raw })));
}

/** The value of a header that must occur once. */
export function headerOf({ headers }: Mail, name: string): string | undefined {
  const found = headers.filter(([each]) => each.toLowerCase() === name.toLowerCase());
  if (found.length > 1) throw new Error(`${found.length} headers ${name}`);
  return found[0]?.[1];
}
