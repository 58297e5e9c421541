/** What an Application Load Balancer changes in the headers of a request. */
import type { Listener } from "../../world";

type Attributes = Readonly<Record<string, string>>;

export function isOn(attributes: Attributes, name: string, byDefault = false): boolean {
  return (attributes[name] ?? String(byDefault)) === "true";
}

/** Lines that run before the listener's rules. */
export function cleaningLines(attributes: Attributes): readonly string[] {
  return isOn(attributes, "routing.http.drop_invalid_header_fields.enabled")
    ? ["http-request del-header '[^-A-Za-z0-9]' -m reg"]
    : [];
}

/** Lines that run after the listener's rules, which see the client's own headers. */
export function headerLines(attributes: Attributes, listener: Listener): readonly string[] {
  return [
    ...forwardedFor(attributes),
    `http-request set-header X-Forwarded-Proto ${listener.protocol.toLowerCase()}`,
    `http-request set-header X-Forwarded-Port ${listener.port}`,
    ...host(attributes, listener.port),
    ...trace,
    ...tls(attributes, listener),
  ];
}

function forwardedFor(attributes: Attributes): readonly string[] {
  const client = isOn(attributes, "routing.http.xff_client_port.enabled") ? "%[src]:%[src_port]" : "%[src]";
  const one = "{ req.fhdr_cnt(x-forwarded-for) eq 1 }";
  switch (attributes["routing.http.xff_header_processing.mode"] ?? "append") {
    case "preserve":
      return [];
    case "remove":
      return ["http-request del-header X-Forwarded-For"];
    default:
      return [
        // One line, as AWS's: some programs read only the first one.
        `http-request set-var-fmt(txn.forwarded) "${client}"`,
        `http-request set-var-fmt(txn.forwarded) "%[req.fhdr(x-forwarded-for)], ${client}" if ${one}`,
        `http-request del-header X-Forwarded-For if ${one}`,
        "http-request add-header X-Forwarded-For %[var(txn.forwarded)]",
      ];
  }
}

/** The ports 80 and 443 never reach a target; another port of a listener always does. */
function host(attributes: Attributes, port: number): readonly string[] {
  if (isOn(attributes, "routing.http.preserve_host_header.enabled")) return [];
  const has = "{ req.hdr(host) -m found }";
  return port === 80 || port === 443
    ? [`http-request set-header Host %[req.hdr(host),host_only] if ${has}`]
    : [`http-request set-header Host %[req.hdr(host)]:${port} if ${has} !{ req.hdr(host) -m reg :[0-9]+$ }`];
}

const header = "X-Amzn-Trace-Id";

const trace = [
  'http-request set-var-fmt(txn.trace) "1-%{+X}Ts-%[uuid,regsub(-,,g),bytes(0,24)]"',
  "http-request set-var(txn.trace) var(txn.trace),lower",
  `http-request set-var(txn.client_trace) req.fhdr(${header}),regsub(^Self=[^;]*;?,),regsub(;Self=[^;]*,)`,
  `http-request set-header ${header} "Self=%[var(txn.trace)];%[var(txn.client_trace)]" if { var(txn.client_trace) -m sub Root= }`,
  `http-request set-header ${header} "Root=%[var(txn.trace)]" unless { var(txn.client_trace) -m sub Root= }`,
];

function tls(attributes: Attributes, { protocol }: Listener): readonly string[] {
  const names = ["X-Amzn-Tls-Version", "X-Amzn-Tls-Cipher-Suite"] as const;
  if (!isOn(attributes, "routing.http.x_amzn_tls_version_and_cipher_suite.enabled") || protocol !== "HTTPS") {
    return [];
  }
  return [
    `http-request set-header ${names[0]} %[ssl_fc_protocol]`,
    `http-request set-header ${names[1]} %[ssl_fc_cipher]`,
  ];
}
