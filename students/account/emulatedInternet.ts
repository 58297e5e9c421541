import type { EmulatorApi } from "../../localAws/emulator";
import { nameTables, type NameTables } from "../../localAws/live/network/nameTable";
import { resolveName } from "../../localAws/live/network/names";
import type { Internet } from "./internet";
import { NotSeenError } from "./notSeen";
import { visitUrl } from "./realInternet";

/** How long the emulator's names are used again: one answer serves the students of a whole class. */
const namesMilliseconds = 5_000;

/**
 * The emulator's internet: its names, and the sites that a live region serves.
 *
 * @param siteUrl the address on this machine of the site of a load balancer's DNS name, when a live region serves it
 */
export function emulatedInternet(
  { world }: Pick<EmulatorApi, "world">,
  siteUrl: (host: string) => string | undefined,
): Internet {
  let known: { readonly until: number; readonly tables: Promise<NameTables> } | undefined;
  const tables = (): Promise<NameTables> => {
    const now = performance.now();
    if (known === undefined || known.until < now) {
      known = { until: now + namesMilliseconds, tables: world().then(nameTables, noNames) };
    }
    return known.tables;
  };
  return {
    resolve: async (name) => {
      const sources = { tables: await tables(), services: new Map<string, string>(), turn: 0 };
      const records = resolveName({ name, type: "A" }, sources) ?? [];
      return records.map(({ data }) => data).toSorted();
    },
    visit: async (host, port, { path = "/", stop } = {}) => {
      const url = siteUrl(host);
      if (url === undefined || port !== 80) throw notServed(host, port);
      return visitUrl(new URL(path, url), stop);
    },
  };
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
