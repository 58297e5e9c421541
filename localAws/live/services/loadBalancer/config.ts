import type { Listener, LoadBalancer, TargetGroup } from "../../world";
import { answerFiles, reasonOf, requestErrorLines, serverName as ownServer, type OwnStatus } from "./answers";
import { backendLines, connectTimeout, indented, type Target } from "./backend";
import { countersLines, countLoadBalancer, trackLoadBalancer } from "./counters";
import { cleaningLines, headerLines, isOn } from "./requestHeaders";
import { actionLines, ruleLines } from "./rules";
import { tlsVersions } from "./tls";

export interface ConfigInput {
  readonly loadBalancer: LoadBalancer;
  /** Those that a rule of the load balancer names. */
  readonly targetGroups: readonly TargetGroup[];
  /** By the target group's ARN: those that are not draining. */
  readonly targets: ReadonlyMap<string, readonly Target[]>;
  /** Certificate and key in PEM, by the certificate's ARN. */
  readonly certificates: ReadonlyMap<string, string>;
  /** The folder of the files, as HAProxy sees it. */
  readonly folder: string;
}

export interface Config {
  /** By the path in the folder. */
  readonly files: Readonly<Record<string, string>>;
}

export const configFile = "haproxy.cfg";
export const statsSocket = "stats.sock";

/** The longest request line that AWS takes. */
const maxRequestLine = 16_384;
/** AWS takes 64 KiB of headers. */
const bufferBytes = 65_536;
const maxForwardedAddresses = 30;
/** AWS's default idle timeout. */
const idleSeconds = 60;

/** The configuration of HAProxy that does what an Application Load Balancer does. */
export function compileConfig(input: ConfigInput): Config {
  const { loadBalancer, targetGroups, targets, folder } = input;
  const files: Record<string, string> = { ...answerFiles(folder) };
  const file = (path: string, content: string): string => {
    files[path] = content;
    return `${folder}/${path}`;
  };
  const idle = Number(loadBalancer.attributes["idle_timeout.timeout_seconds"] ?? idleSeconds);
  const lines = [
    "global",
    `  stats socket ${folder}/${statsSocket} mode 600 level admin`,
    "  nbthread 1",
    // The old worker of a reload ends open requests.
    "  hard-stop-after 10m",
    `  tune.bufsize ${bufferBytes}`,
    "  ssl-default-bind-options ssl-min-ver TLSv1.0",
    "defaults",
    "  mode http",
    "  option http-keep-alive",
    "  retries 0",
    `  ${connectTimeout}`,
    ...["client", "server", "http-request", "http-keep-alive", "tunnel", "queue"].map(
      (each) => `  timeout ${each} ${idle}s`,
    ),
    ...indented(requestErrorLines(folder)),
    ...countersLines,
    ...loadBalancer.listeners.flatMap((listener) => listenerLines(input, listener, file)),
    "backend none",
    `  http-request return status 503 content-type text/html file ${folder}/answers/503.html`,
    ...targetGroups.flatMap((group, index) =>
      backendLines(group, targets.get(group.arn) ?? [], index + 1, folder),
    ),
  ];
  files[configFile] = `${lines.join("\n")}\n`;
  return { files };
}

type AddFile = (path: string, content: string) => string;

function listenerLines(input: ConfigInput, listener: Listener, file: AddFile): readonly string[] {
  const { loadBalancer, targetGroups, folder } = input;
  const { attributes } = loadBalancer;
  let bodies = 0;
  const rules = actionLines({
    listener,
    targetGroups,
    file: (content) => file(`bodies/${listener.port}-${bodies++}`, content),
  });
  const switches = rules.filter((line) => line.startsWith("use_backend"));
  return [
    `frontend listener-${listener.port}`,
    ...indented([
      bindLine(input, listener, file),
      trackLoadBalancer,
      `http-request ${countLoadBalancer("requests")}`,
      `http-request return status 405 default-errorfiles if METH_TRACE`,
      `http-request return status 414 content-type text/html file ${folder}/answers/414.html if { url -m len gt ${maxRequestLine} }`,
      `http-request return status 463 if { req.hdr_cnt(x-forwarded-for) gt ${maxForwardedAddresses} }`,
      ...cleaningLines(attributes),
      ...ruleLines(listener),
      ...rules.filter((line) => !line.startsWith("use_backend")),
      ...headerLines(attributes, listener),
      ...answerLines,
      ...switches,
      "default_backend none",
    ]),
  ];
}

const own = "!{ var(txn.target) -m found }";
const countedStatuses = [500, 502, 503, 504] as const satisfies readonly OwnStatus[];

/** Headers of the answers that no target made, and counters. */
const answerLines: readonly string[] = [
  `http-after-response set-header Server ${ownServer} if ${own}`,
  `http-after-response set-header Date %[date,http_date] if ${own}`,
  `http-after-response del-header Cache-Control if ${own}`,
  `http-after-response set-status 503 reason '${reasonOf(503)}' if ${own} { status 503 }`,
  `http-after-response ${countLoadBalancer("errors")} if { status ge 500 }`,
  ...countedStatuses.map(
    (each) => `http-after-response ${countLoadBalancer(`elb${each}`)} if ${own} { status ${each} }`,
  ),
  ...([3, 4, 5] as const).map(
    (each) =>
      `http-after-response ${countLoadBalancer(`elb${each}xx`)} if ${own} { status ge ${each}00 } { status lt ${each + 1}00 }`,
  ),
];

function bindLine({ loadBalancer, certificates }: ConfigInput, listener: Listener, file: AddFile): string {
  if (listener.protocol !== "HTTPS") return `bind :${listener.port}`;
  // The first certificate is the default one; HAProxy chooses by the names that each has.
  const paths = listener.certificateArns.map((arn) => {
    const pem = certificates.get(arn);
    if (pem === undefined) {
      throw new Error(
        `The listener on port ${listener.port} of ${loadBalancer.name} has the certificate ${arn}, which is not in the region.`,
      );
    }
    return file(`certificates/${(arn.split("/").at(-1) ?? arn).replaceAll(/[^\w-]/g, "_")}.pem`, pem);
  });
  const list = file(`certificates/${listener.port}.list`, paths.map((path) => `${path}\n`).join(""));
  const protocols = isOn(loadBalancer.attributes, "routing.http2.enabled", true) ? "h2,http/1.1" : "http/1.1";
  return `bind :${listener.port} ssl crt-list ${list} alpn ${protocols} ${tlsVersions(listener.sslPolicy)}`;
}
