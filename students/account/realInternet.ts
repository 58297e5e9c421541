import { Resolver } from "node:dns/promises";
import { get } from "node:http";

import { codeOf } from "../../cli/failure";
import type { Internet } from "./internet";

const resolverMilliseconds = 3_000;
/** A page of WordPress on a loaded server takes seconds. */
const visitMilliseconds = 10_000;

/** The internet of this machine. */
export const realInternet: Internet = {
  resolve: async (name) => {
    const resolver = new Resolver({ timeout: resolverMilliseconds, tries: 2 });
    try {
      return (await resolver.resolve4(name)).toSorted();
    } catch (error) {
      if (codeOf(error) === "ENOTFOUND" || codeOf(error) === "ENODATA") return [];
      throw error;
    }
  },
  visit: (host, port, { path = "/", stop } = {}) => visitUrl(new URL(path, `http://${host}:${port}`), stop),
};

/**
 * Requests the URL without following redirects, and reads the whole answer.
 * @throws the system's error when nothing answers in time
 */
export function visitUrl(url: URL, stop?: AbortSignal): Promise<{ readonly status: number }> {
  const inTime = AbortSignal.timeout(visitMilliseconds);
  const signal = stop === undefined ? inTime : AbortSignal.any([stop, inTime]);
  return new Promise((resolve, reject) => {
    get(url, { signal, agent: false }, (response) => {
      response.once("error", reject);
      response.once("end", () => {
        resolve({ status: response.statusCode ?? 0 });
      });
      response.resume();
    }).once("error", reject);
  });
}
