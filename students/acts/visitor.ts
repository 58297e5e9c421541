import { randomUUID } from "node:crypto";
import { isIP } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

import { messageOf } from "../../cli/failure";
import type { Internet } from "../account/internet";
import { NotSeenError } from "../account/notSeen";
import { same, type Text } from "../language/text";
import type { Visit } from "./visits";

/** A page that takes longer is no page for a visitor. */
const visitSeconds = 15;
const pauseMilliseconds = 500;
/** HTTP to HTTPS, the domain's canonical form, a page in place of the front page: a loop has more. */
const mostRedirects = 5;

/** Where visitors find the site. */
export interface Door {
  readonly internet: Internet;
  /** The load balancer's name. */
  readonly host: string;
  readonly scheme: "http" | "https";
  readonly port: number;
}

/**
 * Visits the front page with a query that no cache knows: WordPress has to build the page, with its database. Follows
 * redirects as a browser does, but within the site only: every connection goes to the load balancer. A certificate that
 * browsers refuse is reported, and ends no visit.
 *
 * @throws NotSeenError where the internet cannot be seen
 */
export async function visit(door: Door, stop?: AbortSignal): Promise<Visit> {
  const at = performance.now();
  const late = AbortSignal.timeout(visitSeconds * 1_000);
  const seen = await look(door, stop === undefined ? late : AbortSignal.any([late, stop]));
  return { at, milliseconds: performance.now() - at, ...seen };
}

type Seen = Pick<Visit, "isServed" | "problem" | "untrusted">;

async function look(door: Door, stop: AbortSignal): Promise<Seen> {
  let url = new URL(`/?visit=${randomUUID()}`, addressOf(door));
  let untrusted: string | undefined;
  const ended = (problem: Text): Seen => ({ isServed: false, problem, untrusted });
  try {
    for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
      const answer = await door.internet.visit(url, { at: door.host, stop });
      untrusted ??= answer.untrusted;
      const { status, location } = answer;
      if (status >= 200 && status < 300) return { isServed: true, untrusted };
      if (!isRedirect(status) || location === undefined) return ended(answered(url, status));
      const next = urlIn(location, url);
      if (next === undefined) return ended(leadsNowhere(url, location));
      if (!(await isOfSite(door, next.hostname))) return ended(leadsAway(url, next, door.host));
      url = next;
    }
    return ended(tooMany(url));
  } catch (error) {
    if (error instanceof NotSeenError) throw error;
    // Nothing answered, or not in time: for a visitor the site is down.
    return ended(noAnswer(url, messageOf(error)));
  }
}

/** E.g. `https://my-alb-1.us-east-1.elb.amazonaws.com/`. */
export function addressOf({ scheme, host, port }: Pick<Door, "scheme" | "host" | "port">): string {
  return new URL(`${scheme}://${host}:${port}/`).href;
}

/** RFC 9110, 15.4: those that a browser follows. */
function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

function urlIn(location: string, base: URL): URL | undefined {
  if (!URL.canParse(location, base.href)) return undefined;
  const url = new URL(location, base);
  return ["http:", "https:"].includes(url.protocol) ? url : undefined;
}

/** Whether a name leads visitors to the load balancer: it is the balancer's own, or has one of its addresses. */
async function isOfSite({ internet, host }: Door, name: string): Promise<boolean> {
  if (name.toLowerCase() === host.toLowerCase()) return true;
  const [own, others] = await Promise.all([
    internet.resolve(host),
    isIP(name) === 0 ? internet.resolve(name) : [name],
  ]);
  return others.some((address) => own.includes(address));
}

/** Without the query, which is of this visit only. */
function shown({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

function answered(url: URL, status: number): Text {
  return { en: `${shown(url)} answers ${status}`, ko: `${shown(url)}: 응답 ${status}` };
}

function noAnswer(url: URL, reason: string): Text {
  return same(`${shown(url)}: ${reason}`);
}

function leadsNowhere(url: URL, location: string): Text {
  return {
    en: `${shown(url)} redirects to ${JSON.stringify(location)}, which is no address of a page`,
    ko: `${shown(url)}의 리디렉션 대상 ${JSON.stringify(location)}: 페이지 주소가 아님`,
  };
}

function leadsAway(url: URL, next: URL, balancer: string): Text {
  return {
    en: `${shown(url)} redirects to ${shown(next)}, which does not lead to ${balancer}`,
    ko: `${shown(url)}의 리디렉션 대상 ${shown(next)}: ${balancer}의 주소가 아님`,
  };
}

function tooMany(url: URL): Text {
  return {
    en: `${shown(url)} redirects again after ${mostRedirects} redirects`,
    ko: `${shown(url)}: 리디렉션 ${mostRedirects}회 뒤에도 다시 리디렉션함`,
  };
}

/** Visitors who come one after the other, until they are ended. */
export interface Visitors {
  /** Waits for the last one. @returns all visits */
  readonly end: () => Promise<readonly Visit[]>;
}

export function startVisitors(door: Door, stop: AbortSignal): Visitors {
  const visits: Visit[] = [];
  const ended = new AbortController();
  const working = (async () => {
    while (!ended.signal.aborted && !stop.aborted) {
      visits.push(await visit(door));
      await sleep(pauseMilliseconds);
    }
  })();
  // `end` reports it; until then it must not end the process.
  working.catch(() => undefined);
  return {
    end: async () => {
      ended.abort();
      await working;
      return visits;
    },
  };
}
