import type { Socket } from "node:net";

import { messageOf } from "../../cli/failure";
import type { EmulatorApi } from "../../localAws/emulator";
import { nameTables, type NameTables } from "../../localAws/live/network/nameTable";
import { resolveName } from "../../localAws/live/network/names";
import type { Internet } from "./internet";
import { NotSeenError } from "./notSeen";
import { portOf, visitOver } from "./webVisit";

/** How long the emulator's names are used again: one answer serves the students of a whole class. */
const namesMilliseconds = 5_000;

/** The internet of a live region, whose load balancers serve. */
export interface RegionInternet {
  /** Connects to a public address. */
  readonly dial: (address: string, port: number, signal: AbortSignal) => Promise<Socket>;
  /** The certificate authority in place of the public ones, in PEM. */
  readonly authority: () => Promise<string>;
}

/**
 * The emulator's internet: its names, and the sites that a live region serves.
 *
 * @param region the live region of the emulator, while one runs
 */
export function emulatedInternet(
  { world }: Pick<EmulatorApi, "world">,
  region: () => RegionInternet | undefined,
): Internet {
  let known: { readonly until: number; readonly tables: Promise<NameTables> } | undefined;
  const tables = (): Promise<NameTables> => {
    const now = performance.now();
    if (known === undefined || known.until < now) {
      known = { until: now + namesMilliseconds, tables: world().then(nameTables, noNames) };
    }
    return known.tables;
  };
  const resolve = async (name: string): Promise<readonly string[]> => {
    const sources = { tables: await tables(), services: new Map<string, string>(), turn: 0 };
    const records = resolveName({ name, type: "A" }, sources) ?? [];
    return records.flatMap(({ type, data }) => (type === "A" ? data : [])).toSorted();
  };
  return {
    resolve,
    visit: async (url, { at = url.hostname, stop } = {}) => {
      const live = region();
      if (live === undefined) throw notServed(at, portOf(url));
      const addresses = /^[\d.]+$/.test(at) ? [at] : await resolve(at);
      const connect = (port: number, signal: AbortSignal) => dialFirst(live, { at, addresses }, port, signal);
      return await visitOver({ connect, authority: live.authority }, url, stop);
    },
  };
}

/** The next address is tried when one does not answer, as browsers do. */
async function dialFirst(
  { dial }: RegionInternet,
  { at, addresses }: { readonly at: string; readonly addresses: readonly string[] },
  port: number,
  signal: AbortSignal,
): Promise<Socket> {
  const problems: string[] = [];
  for (const address of addresses) {
    try {
      return await dial(address, port, signal);
    } catch (error) {
      problems.push(messageOf(error));
    }
  }
  throw new Error(addresses.length === 0 ? `${at} has no address.` : problems.join(" "));
}

function noNames(cause: unknown): never {
  throw new NotSeenError(
    {
      en: "the endpoint does not serve the emulator's names",
      ko: "엔드포인트가 에뮬레이터의 이름을 제공하지 않음",
    },
    {
      en: "Use the emulator of this program, or AWS itself.",
      ko: "이 프로그램의 에뮬레이터 또는 실제 AWS를 사용합니다.",
    },
    { cause },
  );
}

function notServed(host: string, port: number): NotSeenError {
  return new NotSeenError(
    {
      en: `the emulator serves nothing at ${host}:${port}`,
      ko: `에뮬레이터가 ${host}:${port}를 제공하지 않음`,
    },
    {
      en: "Boot the servers with npm run local -- --live, and grade again.",
      ko: "npm run local -- --live로 서버를 부팅한 뒤 다시 채점합니다.",
    },
  );
}
