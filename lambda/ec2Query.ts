import { Sha256 } from "@smithy/core/checksum";
import { HttpRequest } from "@smithy/core/transport";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { SignatureV4 } from "@smithy/signature-v4";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";

import { ec2ErrorOf, parseEc2Xml, type Xml } from "./ec2Xml";

/**
 * EC2's Query protocol, from the parts of the AWS SDK that sign and send. The SDK's whole EC2 client is 2 MB of
 * code, whose loading alone takes longer than the function's cold start may; three calls do not need it. A test
 * holds the requests to what that client sends.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html
 */
export type CallEc2 = (action: string, parameters: QueryParameters) => Promise<Xml>;

/** By the names that EC2's Query API gives them; a list's are numbered. */
export interface QueryParameters {
  readonly [name: string]: QueryValue;
}

export type QueryValue =
  string | number | boolean | readonly (string | number | boolean | QueryParameters)[] | QueryParameters;

type Environment = Readonly<Record<string, string | undefined>>;

const apiVersion = "2016-11-15";
/** In all; between them grow pauses. */
const maxAttempts = 4;
const firstPauseMilliseconds = 200;
const timeouts = { connectionTimeout: 3_000, requestTimeout: 20_000 };
/** EC2's words for: not now. Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
const passingCodes = new Set([
  "InternalError",
  "InternalFailure",
  "RequestLimitExceeded",
  "ServiceUnavailable",
  "Throttling",
  "Unavailable",
]);

/** Calls to EC2 in the region and with the credentials that Lambda's environment names. */
export function ec2Caller(environment: Environment): CallEc2 {
  const endpoint = endpointOf(environment);
  const http = new NodeHttpHandler(timeouts);
  const signer = new SignatureV4({
    service: "ec2",
    region: required(environment, "AWS_REGION"),
    sha256: Sha256,
    credentials: credentialsOf(environment),
  });
  const attempt = async (body: string): Promise<Xml> => {
    const request = await signer.sign(requestOf(endpoint, body));
    const { response } = await http.handle(new HttpRequest(request));
    const answer = await textOf(response.body);
    if (response.statusCode < 300) return parseEc2Xml(answer);
    throw ec2ErrorOf(response.statusCode, answer);
  };
  return (action, parameters) => retrying(() => attempt(formOf(action, parameters)));
}

/** The request's body; lists and structures become numbered and dotted names. */
export function formOf(action: string, parameters: QueryParameters): string {
  const entries = Object.entries(parameters).flatMap(([name, value]) => flatten(name, value));
  return new URLSearchParams([["Action", action], ["Version", apiVersion], ...entries]).toString();
}

function flatten(name: string, value: QueryValue): [string, string][] {
  if (typeof value !== "object") return [[name, String(value)]];
  // A list's entries are [index, item].
  return Object.entries(value).flatMap(([key, item]) =>
    flatten(`${name}.${Array.isArray(value) ? Number(key) + 1 : key}`, item),
  );
}

/** Repeats what may pass; a launch's client token makes that harmless. */
async function retrying<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (failures === maxAttempts || !mayPass(error)) throw error;
      // By chance, so that calls that failed together do not come back together.
      await sleep(firstPauseMilliseconds * 2 ** (failures - 1) * (0.5 + Math.random() / 2));
    }
  }
}

/** Throttled, failed there, or never answered: Node's and the handler's errors have no status. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (!("status" in error)) return "code" in error || error.name === "TimeoutError";
  return passingCodes.has(error.name) || Number(error.status) >= 500;
}

function requestOf(endpoint: URL, body: string): HttpRequest {
  return new HttpRequest({
    method: "POST",
    protocol: endpoint.protocol,
    hostname: endpoint.hostname,
    ...(endpoint.port === "" ? {} : { port: Number(endpoint.port) }),
    path: endpoint.pathname,
    headers: {
      host: endpoint.host,
      "content-type": "application/x-www-form-urlencoded",
      "content-length": String(Buffer.byteLength(body)),
    },
    body,
  });
}

/** AWS's own, or the one that the SDKs' variables name. */
function endpointOf(environment: Environment): URL {
  const region = required(environment, "AWS_REGION");
  const domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  return new URL(
    environment["AWS_ENDPOINT_URL_EC2"] ??
      environment["AWS_ENDPOINT_URL"] ??
      `https://ec2.${region}.${domain}`,
  );
}

function credentialsOf(environment: Environment) {
  const sessionToken = environment["AWS_SESSION_TOKEN"];
  return {
    accessKeyId: required(environment, "AWS_ACCESS_KEY_ID"),
    secretAccessKey: required(environment, "AWS_SECRET_ACCESS_KEY"),
    ...(sessionToken === undefined ? {} : { sessionToken }),
  };
}

function required(environment: Environment, name: string): string {
  const value = environment[name];
  if (value === undefined) throw new Error(`${name} is not set: Lambda's runtime sets it`);
  return value;
}

async function textOf(body: unknown): Promise<string> {
  if (!(body instanceof Readable)) throw new Error("EC2's answer has no body");
  return text(body);
}
