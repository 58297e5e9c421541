import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

import type { Instance, Place, World } from "../world";
import { maxTokenSeconds, MetadataTokens } from "./metadataTokens";
import { metadataTree, seconds, type MetadataNode } from "./metadataTree";

export interface MetadataRequest {
  readonly method: string;
  /** The path with its query. */
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
}

export interface MetadataAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

const tokenHeader = "x-aws-ec2-metadata-token";
const ttlHeader = "x-aws-ec2-metadata-token-ttl-seconds";
/** Versions of the categories; all of them answer like the latest. */
const versions = ["1.0", "2009-04-04", "2016-09-02", "2019-10-01", "2021-07-15", "2024-04-11", "latest"];
const credentialsMilliseconds = 6 * 3_600_000;
/** EC2 makes new credentials well before the end of the old ones. */
const renewMilliseconds = 3_600_000;

interface Credentials {
  readonly madeAt: number;
  readonly text: Readonly<Record<string, string>>;
}

/** EC2's instance metadata service for all instances of the world. */
export class Metadata {
  private readonly tokens: MetadataTokens;
  private readonly credentials = new Map<string, Credentials>();
  /** Secret keys by session token, until they expire. */
  private readonly secrets = new Map<string, { readonly key: string; readonly until: number }>();
  private world: World | undefined;

  constructor(private readonly now: () => number = Date.now) {
    this.tokens = new MetadataTokens(now);
  }

  update(world: World): void {
    this.world = world;
  }

  /** The secret key that belongs to a session token of an instance, to check signatures; undefined when none is valid. */
  secretOf(sessionToken: string): string | undefined {
    const secret = this.secrets.get(sessionToken);
    return secret === undefined || secret.until < this.now() ? undefined : secret.key;
  }

  /** Answers a request that came from an address of the VPC. */
  readonly handle = (vpcId: string, request: IncomingMessage, response: ServerResponse): void => {
    const address = (request.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
    const { method = "GET", url = "/", headers } = request;
    const { status, headers: answered, body } = this.answer(vpcId, address, { method, url, headers });
    response.writeHead(status, { ...answered, server: "EC2ws", "content-length": Buffer.byteLength(body) });
    response.end(method === "HEAD" ? undefined : body);
  };

  answer(vpcId: string, address: string, request: MetadataRequest): MetadataAnswer {
    const found = this.find(vpcId, address);
    if (found === undefined) return failure(404);
    const { place, instance } = found;
    if (!instance.metadata.enabled) return failure(403);
    const path = new URL(request.url, "http://169.254.169.254").pathname;
    const words = path.split("/").filter((word) => word !== "");
    if (words.join("/") === "latest/api/token") return this.session(instance, request);
    if (request.method !== "GET" && request.method !== "HEAD") return failure(405);
    const headers = this.headersFor(instance, request);
    if (headers === undefined) return failure(401);
    const [version, ...rest] = words;
    if (version === undefined) return success(versions.join("\n"), headers);
    if (!versions.includes(version)) return failure(404);
    const credentials = (role: string) => this.credentialsOf(place, instance.id, role);
    const node = nodeAt(metadataTree({ place, instance, credentials }), rest);
    return node === undefined ? failure(404) : success(contentOf(node), headers);
  }

  /** `PUT /latest/api/token` */
  private session({ id }: Instance, { method, headers }: MetadataRequest): MetadataAnswer {
    if (method !== "PUT") return failure(405);
    // A proxy that forwards requests of others must not get a token.
    if (headers["x-forwarded-for"] !== undefined) return failure(403);
    const ttl = String(headers[ttlHeader] ?? "");
    if (!/^\d+$/.test(ttl) || Number(ttl) < 1 || Number(ttl) > maxTokenSeconds) return failure(400);
    return success(this.tokens.create(id, Number(ttl)), { [ttlHeader]: ttl });
  }

  /** @returns the headers of the answer; undefined when the request's token is missing or not valid */
  private headersFor(
    { id, metadata }: Instance,
    { headers }: MetadataRequest,
  ): Readonly<Record<string, string>> | undefined {
    const token = headers[tokenHeader];
    if (token === undefined) return metadata.tokensRequired ? undefined : {};
    const left = this.tokens.secondsLeft(id, String(token));
    return left === undefined ? undefined : { [ttlHeader]: String(left) };
  }

  private find(vpcId: string, address: string): { place: Place; instance: Instance } | undefined {
    for (const place of this.world?.places ?? []) {
      const instance = place.instances.find(
        ({ vpcId: own, state, interfaces }) =>
          own === vpcId &&
          state !== "terminated" &&
          interfaces.some(({ privateIp }) => privateIp === address),
      );
      if (instance !== undefined) return { place, instance };
    }
    return undefined;
  }

  /** Credentials of the instance's role. The emulator takes an account's number as an access key of that account. */
  private credentialsOf({ accountId }: Place, id: string, role: string): Readonly<Record<string, string>> {
    const key = `${id}/${role}`;
    const known = this.credentials.get(key);
    if (known !== undefined && this.now() - known.madeAt < renewMilliseconds) return known.text;
    const until = this.now() + credentialsMilliseconds;
    const text = {
      Code: "Success",
      LastUpdated: seconds(this.now()),
      Type: "AWS-HMAC",
      AccessKeyId: accountId,
      SecretAccessKey: randomBytes(30).toString("base64"),
      Token: randomBytes(96).toString("base64"),
      Expiration: seconds(until),
    };
    for (const [token, secret] of this.secrets) if (secret.until < this.now()) this.secrets.delete(token);
    this.secrets.set(text.Token, { key: text.SecretAccessKey, until });
    this.credentials.set(key, { madeAt: this.now(), text });
    return text;
  }
}

function nodeAt(node: MetadataNode, words: readonly string[]): MetadataNode | undefined {
  const [word, ...rest] = words;
  if (word === undefined) return node;
  if (typeof node === "string" || Buffer.isBuffer(node)) return undefined;
  // `public-keys/0` is the folder that its parent lists as `0=NAME`.
  const name = Object.hasOwn(node, word)
    ? word
    : Object.keys(node).find((each) => each.startsWith(`${word}=`));
  const child = name === undefined ? undefined : node[name];
  return child === undefined ? undefined : nodeAt(child, rest);
}

function contentOf(node: MetadataNode): string | Buffer {
  if (typeof node === "string" || Buffer.isBuffer(node)) return node;
  const isFolder = (name: string, child: MetadataNode): boolean =>
    typeof child === "object" && !Buffer.isBuffer(child) && !name.includes("=");
  return Object.entries(node)
    .map(([name, child]) => (isFolder(name, child) ? `${name}/` : name))
    .sort()
    .join("\n");
}

function success(body: string | Buffer, headers: Readonly<Record<string, string>>): MetadataAnswer {
  const type = Buffer.isBuffer(body) ? "application/octet-stream" : "text/plain";
  return { status: 200, headers: { "content-type": type, ...headers }, body };
}

const titles: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
};

function failure(status: number): MetadataAnswer {
  const title = `${status} - ${titles[status] ?? ""}`;
  const body = `<?xml version="1.0" encoding="iso-8859-1"?>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;
  return { status, headers: { "content-type": "text/html" }, body };
}
