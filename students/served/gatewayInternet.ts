import { Sha256 } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";
import type { z } from "zod";

import { parseJson } from "../../cli/json";
import type { Internet } from "../account/internet";
import { NotSeenError } from "../account/notSeen";
import type { Credentials } from "../credentials/resolve";
import { paths, resolveAnswer, signingService, visitAnswer } from "./protocol";

const answerMilliseconds = 20_000;

export interface GatewayAccess {
  /** The gateway's address. */
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Credentials;
}

/** A page that the endpoint does not have: it is no gateway of a class. */
const none = Symbol("none");

/**
 * The emulator's internet through the class's gateway, with the student's key.
 * @param otherwise the internet of an endpoint that is no such gateway
 */
export function gatewayInternet(access: GatewayAccess, otherwise: Internet): Internet {
  return {
    resolve: async (name) => {
      const found = await ask(access, paths.resolve, { name }, resolveAnswer);
      return found === none ? await otherwise.resolve(name) : found.addresses;
    },
    visit: async (url, options = {}) => {
      const { at, stop } = options;
      const body = { url: url.href, ...(at === undefined ? {} : { at }) };
      const answer = await ask(access, paths.visit, body, visitAnswer, stop);
      if (answer === none) return await otherwise.visit(url, options);
      if ("status" in answer) return answer;
      if ("problem" in answer) throw new Error(answer.problem);
      throw new NotSeenError(answer.reason, answer.next);
    },
  };
}

async function ask<Answer>(
  { endpoint, region, credentials }: GatewayAccess,
  path: string,
  content: object,
  schema: z.ZodType<Answer>,
  stop?: AbortSignal,
): Promise<Answer | typeof none> {
  const url = new URL(path, endpoint);
  const body = JSON.stringify(content);
  const signer = new SignatureV4({ service: signingService, region, credentials, sha256: Sha256 });
  const { headers } = await signer.sign({
    method: "POST",
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    headers: { host: url.host, "content-type": "application/json" },
    body,
  });
  const late = AbortSignal.timeout(answerMilliseconds);
  const signal = stop === undefined ? late : AbortSignal.any([stop, late]);
  const response = await fetch(url, { method: "POST", headers, body, signal });
  const text = await response.text();
  const answer = response.ok ? parseJson(schema, text) : undefined;
  if (answer !== undefined) return answer;
  // A gateway's refusal is JSON, too; S3, which would have the path as a bucket, answers in XML.
  if (!(response.headers.get("content-type") ?? "").includes("json")) return none;
  throw new Error(`${url.href} answered ${response.status}: ${text}`);
}
