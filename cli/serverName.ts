import { Failure } from "./failure";

/** A server that runs. */
export interface RunningServer {
  readonly id: string;
}

/**
 * The server that a user's word names: its instance id, the last characters of it (three or more), or its number in
 * the order of the list. Without a word: the first one.
 *
 * @param whereListed the remedy when no server runs
 * @throws Failure when no server or more than one has this name; the message lists them.
 */
export function findServer<T extends RunningServer>(
  servers: readonly T[],
  word: string | undefined,
  whereListed: string,
): T {
  const found = word === undefined ? servers.slice(0, 1) : matching(servers, word);
  const [only, ...more] = found;
  if (only !== undefined && more.length === 0) return only;
  if (servers.length === 0) {
    throw new Failure("The stack has no running server.", whereListed);
  }
  const list = servers.map(({ id }, index) => `  ${index + 1}  ${id}`).join("\n");
  const problem = only === undefined ? "is no server" : `names ${found.length} servers`;
  throw new Failure(
    `${word ?? ""} ${problem}. The servers:\n${list}\n`,
    "Use a number or an id of this list.",
  );
}

function matching<T extends RunningServer>(servers: readonly T[], word: string): readonly T[] {
  const exact = servers.filter(({ id }) => id === word);
  if (exact.length > 0) return exact;
  if (/^[1-9]\d?$/.test(word)) return servers.slice(Number(word) - 1, Number(word));
  return word.length < 3 ? [] : servers.filter(({ id }) => id.endsWith(word));
}
