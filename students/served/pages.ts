import { isIP } from "node:net";
import type { z } from "zod";

import { messageOf } from "../../cli/failure";
import { parseJson } from "../../cli/json";
import { jsonPage, noPage, type Page, type Pages } from "../../localAws/gateway";
import type { World } from "../../localAws/live/world";
import type { Internet } from "../account/internet";
import { NotSeenError } from "../account/notSeen";
import { paths, resolveRequest, visitRequest, type visitAnswer } from "./protocol";

export interface ServedInternet {
  /** The emulator's internet as this machine sees it. */
  readonly internet: Internet;
  readonly world: () => Promise<World>;
  /** The authority of the gateway's certificate, in PEM, if it has one. */
  readonly authority: string | undefined;
}

/**
 * What the class's gateway answers besides AWS's API: names, and visits to the sites of the key's own account. So a student
 * grades the own site from the own computer, and nobody else's.
 */
export function classPages({ internet, world, authority }: ServedInternet): Pages {
  const open = new Map<string, Page>();
  if (authority !== undefined) {
    open.set(paths.authority, { status: 200, type: "application/x-pem-file", body: authority });
  }
  return {
    open,
    ofAccount: async (accountId, path, body) => {
      switch (path) {
        case paths.resolve: {
          const asked = parseJson(resolveRequest, body);
          if (asked === undefined) return notReadable;
          return jsonPage(200, { addresses: await internet.resolve(asked.name) });
        }
        case paths.visit: {
          const asked = parseJson(visitRequest, body);
          if (asked === undefined) return notReadable;
          return await visited({ internet, world }, accountId, new URL(asked.url), asked.at);
        }
        default:
          return noPage;
      }
    },
  };
}

const notReadable = jsonPage(400, { message: "The request's body is not what this page takes." });

async function visited(
  { internet, world }: Pick<ServedInternet, "internet" | "world">,
  accountId: string,
  url: URL,
  at: string = url.hostname,
): Promise<Page> {
  const addresses = isIP(at) === 0 ? await internet.resolve(at) : [at];
  const own = publicAddressesIn(await world(), accountId);
  if (addresses.length === 0 || !addresses.every((address) => own.has(address))) {
    return jsonPage(403, { message: `${at} is not in the account of this key.` });
  }
  const answer: z.output<typeof visitAnswer> = await internet.visit(url, { at }).catch((error: unknown) => {
    return error instanceof NotSeenError
      ? { reason: error.reason, next: error.next }
      : { problem: messageOf(error) };
  });
  return jsonPage(200, answer);
}

/** The addresses at which the internet reaches what an account has. */
export function publicAddressesIn({ places }: World, accountId: string): ReadonlySet<string> {
  const own = places.filter((place) => place.accountId === accountId);
  const interfaces = own.flatMap(({ instances, loadBalancers }) => [
    ...instances.flatMap((each) => each.interfaces),
    ...loadBalancers.flatMap((each) => each.interfaces),
  ]);
  return new Set(interfaces.flatMap(({ publicIp }) => publicIp ?? []));
}
