/** HAProxy's runtime API: its commands, and what it answers. */
import { connect } from "node:net";

const timeoutMilliseconds = 5_000;

/** Sends commands in one connection. @returns the answers, joined */
export async function ask(socket: string, commands: readonly string[]): Promise<string> {
  return await new Promise((resolve, reject) => {
    const connection = connect(socket);
    let answer = "";
    connection.setEncoding("utf8");
    connection.setTimeout(timeoutMilliseconds, () => {
      connection.destroy(new Error(`HAProxy did not answer in ${timeoutMilliseconds / 1_000} s`));
    });
    connection.on("data", (chunk: string) => {
      answer += chunk;
    });
    connection.once("error", reject);
    connection.once("end", () => {
      resolve(answer);
    });
    connection.write(`${commands.join("; ")}\n`);
  });
}

/** A row of `show stat`. */
export interface StatRow {
  readonly proxy: string;
  readonly server: string;
  /** E.g. `UP`, `DOWN 1/2`, `MAINT`. */
  readonly status: string;
  /** E.g. `L7OK`, `L7STS`, `L4TOUT`; `INI` before the first check. */
  readonly checkStatus: string;
  readonly checkCode: string;
  /** Open requests. */
  readonly sessions: number;
}

export function parseStats(text: string): readonly StatRow[] {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.startsWith("# pxname,"));
  if (start === -1)
    throw new Error(`HAProxy's statistics have no header: ${JSON.stringify(text.slice(0, 200))}`);
  const columns = (lines[start] ?? "").slice(2).split(",");
  const at = (name: string): number => columns.indexOf(name);
  const [proxy, server, status, checkStatus, checkCode, sessions] = [
    ...["pxname", "svname", "status", "check_status", "check_code", "scur"],
  ].map(at);
  const end = lines.indexOf("", start);
  return lines.slice(start + 1, end === -1 ? undefined : end).map((line) => {
    const cells = line.split(",");
    const cell = (index: number | undefined): string => cells[index ?? -1] ?? "";
    return {
      proxy: cell(proxy),
      server: cell(server),
      status: cell(status),
      // A check that runs now is marked with a star.
      checkStatus: cell(checkStatus).replace(/^\* /, ""),
      checkCode: cell(checkCode),
      sessions: Number(cell(sessions)),
    };
  });
}

/** Counters by the row of the stick table. */
export function parseCounters(text: string): ReadonlyMap<number, readonly number[]> {
  const rows = new Map<number, readonly number[]>();
  for (const line of text.split("\n")) {
    const key = /\bkey=(\d+)\b/.exec(line)?.[1];
    if (key === undefined) continue;
    rows.set(
      Number(key),
      [...line.matchAll(/\bgpc\d+=(\d+)/g)].map(([, count]) => Number(count)),
    );
  }
  return rows;
}
