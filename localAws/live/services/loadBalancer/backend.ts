import type { TargetGroup } from "../../world";
import { targetErrorLines } from "./answers";
import { addToTargetGroup, countTargetGroup, trackTargetGroup } from "./counters";
import { stickinessLines } from "./stickiness";
import { nameOf, word } from "./syntax";

/** A target with its address, as the load balancer sees it. */
export interface Target {
  readonly id: string;
  readonly address: string;
  readonly port: number;
  /** Whether it gets requests. */
  readonly healthy: boolean;
}

/** AWS's limit for a target to take a connection. */
const connectSeconds = 10;

/**
 * A target group is three backends: `check` only checks health, `healthy` has the targets that are healthy, `all` gets
 * the requests while none is. AWS's health check has its own timeout, also for the connection, so it is apart. The
 * region copies the result of `check` to `healthy`: it follows AWS's rules, e.g. one passed check for a new target.
 */
export function backendNames({ name }: TargetGroup): { check: string; healthy: string; all: string } {
  return { check: nameOf(`check-${name}`), healthy: nameOf(`healthy-${name}`), all: nameOf(`all-${name}`) };
}

/** Its second part is the `Host` of its health checks. */
export function serverName(group: TargetGroup, { id, address, port }: Omit<Target, "healthy">): string {
  const checkPort = group.healthCheck.port === "traffic-port" ? port : Number(group.healthCheck.port);
  const isDefault = checkPort === (group.healthCheck.protocol === "HTTPS" ? 443 : 80);
  return nameOf(`${id}_${address}${isDefault ? "" : `:${checkPort}`}_${port}`);
}

/** The words after a server's address, by its backend. */
export function serverWords(
  group: TargetGroup,
): Readonly<Record<keyof ReturnType<typeof backendNames>, string>> {
  const { healthCheck, protocol, attributes } = group;
  const slowStart = Number(attributes["slow_start.duration_seconds"] ?? 0);
  const tls = protocol === "HTTPS" ? "ssl verify none" : "";
  return {
    check: joined([
      `check inter ${healthCheck.intervalSeconds}s`,
      `fall ${healthCheck.unhealthyThreshold} rise ${healthCheck.healthyThreshold}`,
      healthCheck.port === "traffic-port" ? "" : `port ${healthCheck.port}`,
      healthCheck.protocol === "HTTPS" ? "check-ssl verify none" : "",
    ]),
    healthy: joined([tls, slowStart > 0 ? `slowstart ${slowStart}s` : ""]),
    all: tls,
  };
}

function joined(words: readonly string[]): string {
  return words.filter((each) => each !== "").join(" ");
}

function servers(
  group: TargetGroup,
  targets: readonly Target[],
  kind: keyof ReturnType<typeof backendNames>,
): readonly string[] {
  const words = serverWords(group)[kind];
  return targets.map((target) =>
    joined([
      `server ${serverName(group, target)} ${target.address}:${target.port} ${words}`.trimEnd(),
      kind === "healthy" && !target.healthy ? "disabled" : "",
    ]),
  );
}

/** @param row the target group's row of the counters */
export function backendLines(
  group: TargetGroup,
  targets: readonly Target[],
  row: number,
  folder: string,
): readonly string[] {
  const names = backendNames(group);
  const traffic = [
    `balance ${group.attributes["load_balancing.algorithm.type"] === "least_outstanding_requests" ? "leastconn" : "roundrobin"}`,
    trackTargetGroup(row),
    `http-request ${countTargetGroup("requests")}`,
    ...targetErrorLines(folder),
    "http-response set-var(txn.target) int(1)",
    `http-response ${countTargetGroup("responses")}`,
    `http-response ${addToTargetGroup("responseMilliseconds", "res.timer.hdr")}`,
    ...([2, 3, 4, 5] as const).map(
      (each) =>
        `http-response ${countTargetGroup(`target${each}xx`)} if { status ge ${each}00 } { status lt ${each + 1}00 }`,
    ),
    `http-after-response ${countTargetGroup("connectionErrors")} if !{ var(txn.target) -m found } { txn.sess_term_state -m sub C }`,
  ];
  return [
    `backend ${names.check}`,
    ...indented([...checkLines(group), ...servers(group, targets, "check")]),
    `backend ${names.healthy}`,
    ...indented([...stickinessLines(group.attributes), ...traffic, ...servers(group, targets, "healthy")]),
    `backend ${names.all}`,
    ...indented([...traffic, ...servers(group, targets, "all")]),
  ];
}

function checkLines({ healthCheck }: TargetGroup): readonly string[] {
  const { path, matcher, timeoutSeconds } = healthCheck;
  return [
    "option httpchk",
    `http-check send meth GET uri ${word(path)} ver HTTP/1.1 hdr Host "%[srv_name,field(2,_)]" hdr User-Agent ELB-HealthChecker/2.0`,
    `http-check expect status ${matcher.replaceAll(" ", "")}`,
    `timeout connect ${timeoutSeconds}s`,
    `timeout check ${timeoutSeconds}s`,
  ];
}

export function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}

export const connectTimeout = `timeout connect ${connectSeconds}s`;
