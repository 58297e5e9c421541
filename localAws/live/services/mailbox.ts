import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { Failure, messageOf } from "../../../cli/failure";
import { parseJson, z } from "../../../cli/json";
import type { Part, PartContext, Routes } from "../region/part";

const mailSchema = z.object({
  /** Unique in the state folder. */
  id: z.string(),
  accountId: z.string(),
  region: z.string(),
  /** The service that sent it: `ses`, or `sns` for notifications and alarms. */
  kind: z.string(),
  /** Milliseconds since 1970. */
  at: z.number(),
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
});

export type Mail = z.output<typeof mailSchema>;

/** The emulator numbers the mail of one of its runs. */
const emulatorMails = z.array(mailSchema.extend({ number: z.int() }));

const kept = 500;
const waitSeconds = 20;
const retryMilliseconds = 1_000;

/** All mail that the emulated AWS sent: WordPress's own by SES, and notifications by SNS. It outlives the region. */
export class Mailbox implements Part {
  readonly name = "mailbox";
  readonly routes: Routes = {
    "GET /mail": ({ query }) => ({ json: this.list(query.get("account")) }),
    "GET /mail/:id": ({ id }) => ({ json: this.read(id) }),
  };
  /** Newest last. */
  private mails: Mail[];
  private receiving: AbortController | undefined;
  private received: Promise<void> = Promise.resolve();

  constructor(private readonly context: Pick<PartContext, "folder" | "endpoint" | "event" | "log">) {
    this.mails = readMails(this.file);
  }

  /** Begins to receive; mail does not depend on the world otherwise. */
  reconcile({ bootId }: { readonly bootId: string }): Promise<void> {
    if (this.receiving === undefined) {
      this.receiving = new AbortController();
      this.received = this.receive(bootId, this.receiving.signal);
    }
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.receiving?.abort();
    await this.received;
    this.receiving = undefined;
  }

  /** Newest first. */
  list(accountId: string | null = null): readonly Mail[] {
    return this.mails.filter((mail) => accountId === null || mail.accountId === accountId).reverse();
  }

  private read(id: string): Mail {
    const mail = this.mails.find((each) => each.id === id);
    if (mail === undefined) throw new Failure(`There is no mail "${id}".`, "GET /mail lists all.");
    return mail;
  }

  private async receive(bootId: string, signal: AbortSignal): Promise<void> {
    let after = 0;
    for (;;) {
      try {
        const url = new URL(`/_local/mail?after=${after}&wait=${waitSeconds}`, this.context.endpoint);
        const response = await fetch(url, { signal });
        const arrived = emulatorMails.parse(await response.json());
        for (const { number, ...mail } of arrived) {
          after = Math.max(after, number);
          this.add({ ...mail, id: `${bootId}-${number}` });
        }
        if (arrived.length > 0) this.write();
      } catch (error) {
        if (this.receiving?.signal.aborted !== false) return;
        this.context.log(`mailbox: ${messageOf(error)}`);
        await sleep(retryMilliseconds);
      }
    }
  }

  private add(mail: Mail): void {
    // A region that starts again asks for all mail of the emulator's run.
    if (this.mails.some(({ id }) => id === mail.id)) return;
    this.mails = [...this.mails, mail].slice(-kept);
    this.context.event({ kind: "mail", id: mail.id, text: `${mail.subject} → ${mail.to.join(", ")}` });
  }

  private write(): void {
    mkdirSync(this.context.folder, { recursive: true });
    writeFileSync(`${this.file}.new`, JSON.stringify(this.mails), { mode: 0o600 });
    renameSync(`${this.file}.new`, this.file);
  }

  private get file(): string {
    return join(this.context.folder, "mail.json");
  }
}

function readMails(file: string): Mail[] {
  if (!existsSync(file)) return [];
  const mails = parseJson(z.array(mailSchema), readFileSync(file, "utf8"));
  if (mails === undefined) {
    throw new Failure(`${file} is not a mailbox.`, "Delete it; only old mail is lost.");
  }
  return mails;
}
