/**
 * The answers that an Application Load Balancer makes itself: HAProxy's `errorfile` texts.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
 */
const reasons = {
  400: "Bad Request",
  405: "Method Not Allowed",
  408: "Request Time-out",
  413: "Request Entity Too Large",
  414: "Request-URI Too Large",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Temporarily Unavailable",
  504: "Gateway Time-out",
} as const;

export type OwnStatus = keyof typeof reasons;
export const serverName = "awselb/2.0";

/** Those that HAProxy makes for a broken request, in every proxy. */
const requestErrors = [400, 405, 408, 413, 500] as const;

export function reasonOf(status: OwnStatus): string {
  return reasons[status];
}

/** The body of an answer. Lines end as AWS's do. */
function bodyOf(title: string): string {
  return [
    "<html>",
    `<head><title>${title}</title></head>`,
    "<body>",
    `<center><h1>${title}</h1></center>`,
    "</body>",
    "</html>",
    "",
  ].join("\r\n");
}

function pageOf(status: OwnStatus): string {
  return bodyOf(`${status} ${reasons[status]}`);
}

function messageOf(status: OwnStatus): string {
  const body = pageOf(status);
  const head = [
    `HTTP/1.1 ${status} ${reasons[status]}`,
    `Server: ${serverName}`,
    "Content-Type: text/html",
    `Content-Length: ${body.length}`,
    "Connection: close",
  ];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}

const fileOf = (status: OwnStatus): string => `answers/${status}.http`;
const connectionFile = "answers/connection.html";
const timeoutMap = "answers/timeout.map";

/** The state of HAProxy's stream whose timeout with the target is over. */
const targetTimedOut = "{ txn.sess_term_state -m beg s }";

export function answerFiles(folder: string): Readonly<Record<string, string>> {
  const title = `%[txn.sess_term_state,regsub(^s.*,s),map_str(${folder}/${timeoutMap},502 ${reasons[502]})]`;
  return {
    ...Object.fromEntries(
      ([...requestErrors, 502, 504] as const).map((each) => [fileOf(each), messageOf(each)]),
    ),
    "answers/503.html": pageOf(503),
    "answers/414.html": pageOf(414),
    [connectionFile]: bodyOf(title),
    [timeoutMap]: `s 504 ${reasons[504]}\n`,
  };
}

export function requestErrorLines(folder: string): readonly string[] {
  return requestErrors.map((each) => `errorfile ${each} ${folder}/${fileOf(each)}`);
}

/**
 * HAProxy answers 503 when it has no connection to a target. AWS answers 504 when the target did not take the
 * connection in time, and 502 when the target refused or broke it. HAProxy 3.0 crashes when a `defaults` section has
 * an `http-error` with a log format, so each backend has its own.
 */
export function targetErrorLines(folder: string): readonly string[] {
  return [
    `errorfile 502 ${folder}/${fileOf(502)}`,
    `errorfile 504 ${folder}/${fileOf(504)}`,
    `http-error status 503 content-type text/html lf-file ${folder}/${connectionFile}`,
    `http-after-response set-status 504 reason '${reasons[504]}' if { status 503 } !{ var(txn.target) -m found } ${targetTimedOut}`,
    `http-after-response set-status 502 reason '${reasons[502]}' if { status 503 } !{ var(txn.target) -m found }`,
  ];
}
