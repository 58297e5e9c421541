/**
 * Cookies of a sticky session. They name the target, so they outlive HAProxy, and change with every response, as
 * AWS's do. A target that gets no requests any more loses its sessions.
 */
import { word } from "./syntax";

const daySeconds = 86_400;

type Attributes = Readonly<Record<string, string>>;

/** @returns lines of the target group's backend */
export function stickinessLines(attributes: Attributes): readonly string[] {
  if (attributes["stickiness.enabled"] !== "true") return [];
  switch (attributes["stickiness.type"]) {
    case "lb_cookie":
      return loadBalancerCookie(seconds(attributes["stickiness.lb_cookie.duration_seconds"]));
    case "app_cookie":
      return applicationCookie(
        attributes["stickiness.app_cookie.cookie_name"] ?? "",
        seconds(attributes["stickiness.app_cookie.duration_seconds"]),
      );
    default:
      return [];
  }
}

function seconds(text: string | undefined): number {
  return Number(text ?? daySeconds);
}

const newValue = `http-response set-var-fmt(txn.cookie) "%[srv_name]|%[uuid]"`;
const useTarget = "use-server %[var(txn.sticky)] if { var(txn.sticky) -m found }";

function readCookie(name: string, condition = ""): string {
  return `http-request set-var(txn.sticky) req.cook(${name}),b64dec,field(1,|) ${condition}`.trimEnd();
}

function setCookie(name: string, duration: number, suffix = "", condition = ""): string {
  const value = `${name}=%[var(txn.cookie),base64]; Expires=%[date(${duration}),http_date]; Path=/${suffix}`;
  return `http-response add-header Set-Cookie "${value}" ${condition}`.trimEnd();
}

function loadBalancerCookie(duration: number): readonly string[] {
  return [
    readCookie("AWSALBCORS"),
    readCookie("AWSALB", "if { req.cook(AWSALB) -m found }"),
    useTarget,
    newValue,
    setCookie("AWSALB", duration),
    setCookie("AWSALBCORS", duration, "; SameSite=None; Secure", "if { ssl_fc }"),
    setCookie("AWSALBCORS", duration, "; SameSite=None", "if !{ ssl_fc }"),
  ];
}

/** The session lasts while the client sends the application's cookie. */
function applicationCookie(name: string, duration: number): readonly string[] {
  const cookie = "AWSALBAPP-0";
  const has = `{ req.cook(${word(name)}) -m found }`;
  return [
    readCookie(cookie, `if ${has}`),
    useTarget,
    newValue,
    setCookie(
      cookie,
      duration,
      "",
      `if { res.cook(${word(name)}) -m found } || { var(txn.sticky) -m found }`,
    ),
  ];
}
