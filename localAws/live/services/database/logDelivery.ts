import { join } from "node:path";

import { messageOf } from "../../../../cli/failure";
import { repeat, type Repeated } from "../../repeat";
import type { Place } from "../../world";
import { readFrom, sizeOf } from "./files";

/** A database whose logs RDS exports, if its log groups exist. */
export interface LoggedDatabase {
  readonly id: string;
  readonly place: Pick<Place, "accountId" | "region">;
  /** The folder with its log files. */
  readonly folder: string;
}

export interface LogDeliveryOptions {
  readonly databases: () => readonly LoggedDatabase[];
  /** The emulator's address. */
  readonly endpoint: string;
  readonly log: (line: string) => void;
  readonly milliseconds?: number;
}

/** RDS's types of logs, by file. */
const types = { error: "error.log", slowquery: "slow.log" } as const;
type LogType = keyof typeof types;

/** Sends new entries of MariaDB's logs to CloudWatch Logs, as RDS exports them: a stream with the database's name. */
export function startLogDelivery(options: LogDeliveryOptions): Repeated {
  const { databases, endpoint, log, milliseconds = 5_000 } = options;
  /** How much of each file was sent. After the region's start it sends the whole file again: no entry is lost. */
  const sent = new Map<string, number>();
  const deliver = async (database: LoggedDatabase, type: LogType): Promise<void> => {
    const file = join(database.folder, types[type]);
    const from = sent.get(file) ?? 0;
    const text = readFrom(file, sizeOf(file) < from ? 0 : from);
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    const entries = entriesOf(type, whole);
    if (entries.length > 0) await putEvents(endpoint, database, type, entries);
    sent.set(file, (sizeOf(file) < from ? 0 : from) + Buffer.byteLength(whole));
  };
  return repeat(
    milliseconds,
    async () => {
      for (const database of databases()) {
        for (const type of ["error", "slowquery"] as const) await deliver(database, type);
      }
    },
    (error) => {
      log(`logs of databases: ${messageOf(error)}`);
    },
  );
}

/** One event for each entry. An entry of the slow log has several lines. */
export function entriesOf(type: LogType, text: string): readonly string[] {
  if (type === "error") return text.split("\n").filter((line) => line !== "");
  const entries: string[] = [];
  let entry: string[] = [];
  for (const line of text.split("\n")) {
    // The time is missing when the entry before has the same second.
    const hasTime = entry.at(-1)?.startsWith("# Time:") === true;
    const begins = line.startsWith("# Time:") || (line.startsWith("# User@Host:") && !hasTime);
    if (begins && entry.length > 0) {
      entries.push(entry.join("\n"));
      entry = [];
    }
    if (line !== "") entry.push(line);
  }
  // Without this line, it is the heading of a log that the server has just opened.
  return [...entries, entry.join("\n")].filter((each) => each.includes("# User@Host:"));
}

async function putEvents(
  endpoint: string,
  { id, place }: LoggedDatabase,
  type: LogType,
  entries: readonly string[],
): Promise<void> {
  const stream = { logGroupName: `/aws/rds/instance/${id}/${type}`, logStreamName: id };
  const created = await callLogs(endpoint, place, "CreateLogStream", stream);
  // The database does not export this type.
  if (created.includes("ResourceNotFoundException")) return;
  const timestamp = Date.now();
  const logEvents = entries.map((message) => ({ timestamp, message }));
  await callLogs(endpoint, place, "PutLogEvents", { ...stream, logEvents });
}

/** @returns the answer, also of a refused call: an existing stream is one */
async function callLogs(
  endpoint: string,
  { accountId, region }: LoggedDatabase["place"],
  action: string,
  body: object,
): Promise<string> {
  const scope = `Credential=${accountId}/20261130/${region}/logs/aws4_request`;
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `Logs_20140328.${action}`,
      authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (response.status >= 500) throw new Error(`${action} answered ${response.status}: ${text.slice(0, 200)}`);
  return text;
}
