import type { Listener, TargetGroup } from "../../world";
import { backendNames } from "./backend";
import { aclOf } from "./conditions";
import { countLoadBalancer } from "./counters";
import { literal, word } from "./syntax";

type Action = Listener["rules"][number]["actions"][number];

export interface RuleContext {
  readonly listener: Listener;
  readonly targetGroups: readonly TargetGroup[];
  /** Keeps a text as a file. @returns its path as HAProxy sees it */
  readonly file: (content: string) => string;
}

const chosen = "txn.rule";

/** The lines that find the first rule whose conditions match: its number. */
export function ruleLines(listener: Listener): readonly string[] {
  return listener.rules.map(({ conditions }, index) => {
    const acls = [...conditions.map(aclOf), ...(index === 0 ? [] : [`!{ var(${chosen}) -m found }`])];
    return `http-request set-var(${chosen}) int(${index}) ${acls.length === 0 ? "" : `if ${acls.join(" ")}`}`.trimEnd();
  });
}

/** The lines that do what each rule says. `use_backend` lines come last, as HAProxy wants them. */
export function actionLines(context: RuleContext): readonly string[] {
  const compiled = context.listener.rules.map(({ actions }, index) => {
    const last = actions.at(-1);
    const when = `{ var(${chosen}) -m int ${index} }`;
    return last === undefined ? { answers: [], forwards: [] } : compile(last, when, index, context);
  });
  return [...compiled.flatMap(({ answers }) => answers), ...compiled.flatMap(({ forwards }) => forwards)];
}

interface Compiled {
  readonly answers: readonly string[];
  readonly forwards: readonly string[];
}

function compile(action: Action, when: string, index: number, context: RuleContext): Compiled {
  if (action.redirect !== null)
    return { answers: redirect(action.redirect, when, context.listener), forwards: [] };
  if (action.fixedResponse !== null) {
    return { answers: fixedResponse(action.fixedResponse, when, context.file), forwards: [] };
  }
  if (action.type === "forward") return forward(action, when, index, context);
  throw new Error(
    `A rule of the listener on port ${context.listener.port} has the action ${action.type}. ` +
      "The live load balancer has forward, redirect and fixed-response.",
  );
}

/** Placeholders of a redirect keep that part of the request. */
function redirect(
  { protocol, host, port, path, query, statusCode }: NonNullable<Action["redirect"]>,
  when: string,
  listener: Listener,
): readonly string[] {
  const samples: Readonly<Record<string, string>> = {
    "#{protocol}": listener.protocol.toLowerCase(),
    "#{host}": "%[req.hdr(host),host_only]",
    "#{port}": String(listener.port),
    "#{path}": "%[path,regsub(^/,)]",
    "#{query}": "%[query]",
  };
  const filled = (text: string): string =>
    literal(text).replaceAll(/#\{(?:protocol|host|port|path|query)\}/g, (name) => samples[name] ?? name);
  const scheme = filled(protocol).toLowerCase();
  const code = /\d{3}/.exec(statusCode)?.[0] ?? "302";
  const base = `${scheme}://${filled(host)}:${filled(port)}${filled(path)}`;
  const set = (name: string, format: string): string =>
    `http-request set-var-fmt(txn.${name}) ${word(format)} if ${when}`;
  return [
    set("query", filled(query)),
    set("location", base),
    // An empty query leaves no question mark.
    `http-request set-var-fmt(txn.location) '%[var(txn.location)]?%[var(txn.query)]' if ${when} { var(txn.query) -m len gt 0 }`,
    `http-request ${countLoadBalancer("redirects")} if ${when}`,
    `http-request redirect location %[var(txn.location)] code ${code} if ${when}`,
  ];
}

function fixedResponse(
  { statusCode, contentType, body }: NonNullable<Action["fixedResponse"]>,
  when: string,
  file: RuleContext["file"],
): readonly string[] {
  const type = contentType === "" ? "text/plain" : contentType;
  const content = body === "" ? "" : `content-type ${word(`${type}; charset=utf-8`)} file ${file(body)} `;
  return [
    `http-request ${countLoadBalancer("fixedResponses")} if ${when}`,
    `http-request return status ${statusCode} ${content}if ${when}`,
  ];
}

function forward(action: Action, when: string, index: number, context: RuleContext): Compiled {
  const groups = action.targetGroupArns.flatMap((arn) =>
    context.targetGroups.filter((each) => each.arn === arn),
  );
  const weights = groups.map(({ arn }) => action.weights?.[arn] ?? 1);
  const total = weights.reduce((sum, each) => sum + each, 0);
  if (total === 0) return { answers: [], forwards: [] };
  const roll = `txn.roll${index}`;
  let bound = 0;
  const forwards = groups.flatMap((group, at) => {
    bound += weights[at] ?? 0;
    if (weights[at] === 0) return [];
    const share = bound === total ? "" : ` { var(${roll}) -m int lt ${bound} }`;
    return groupLines(group, `${when}${share}`);
  });
  const answers = groups.length > 1 ? [`http-request set-var(${roll}) rand(${total}) if ${when}`] : [];
  return { answers, forwards };
}

/** With too few healthy targets every target gets requests; without a target there is the backend `none`. */
function groupLines(group: TargetGroup, when: string): readonly string[] {
  const { healthy, all } = backendNames(group);
  return [
    `use_backend none if ${when} { nbsrv(${all}) eq 0 }`,
    `use_backend ${all} if ${when} { nbsrv(${healthy}) lt ${minimumHealthy(group)} }`,
    `use_backend ${healthy} if ${when}`,
  ];
}

function minimumHealthy({ attributes }: TargetGroup): number {
  const count = attributes["target_group_health.unhealthy_state_routing.minimum_healthy_targets.count"];
  return Math.max(1, Number(count ?? 1));
}
