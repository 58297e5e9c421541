import { request, type IncomingMessage } from "node:http";
import path from "node:path";
import { text } from "node:stream/consumers";

import { codeOf, Failure } from "../../../cli/failure";
import { z } from "../../../cli/json";
import { away } from "../dial";
import { requireRunning } from "./state";

/** Calls the region's own API, see `region/api.ts`. */
export interface ControlClient {
  /** The answer of `GET path` as JSON. */
  readonly get: <T>(path: string, schema: z.ZodType<T>) => Promise<T>;
  /** The answer of `POST path` as JSON. */
  readonly post: <T>(path: string, body: unknown, schema: z.ZodType<T>) => Promise<T>;
  /** The answer of `GET path` as text. */
  readonly text: (path: string) => Promise<string>;
  /** The answer as it arrives: a stream of server-sent events, or another kind of content. */
  readonly stream: (method: string, path: string, body?: string) => Promise<IncomingMessage>;
}

/** The region of the emulator's folder. A call finds a region that was started again. */
export function controlClient(folder?: string): ControlClient {
  return clientOf(() => requireRunning(folder).sockets);
}

/** @param sockets the folder that the box shares with the host process. */
export function controlClientAt(sockets: string): ControlClient {
  return clientOf(() => sockets);
}

const refusalSchema = z.object({ message: z.string() });

function clientOf(sockets: () => string): ControlClient {
  const stream = async (method: string, at: string, body?: string): Promise<IncomingMessage> => {
    const socketPath = path.join(sockets(), "control.sock");
    return await new Promise((resolve, reject) => {
      request({ socketPath, method, path: at }, resolve)
        .once("error", (error) => {
          reject(isAbsent(error) ? away(error) : error);
        })
        .end(body);
    });
  };
  const call = async (method: string, at: string, body?: unknown): Promise<string> => {
    const answer = await stream(method, at, body === undefined ? undefined : JSON.stringify(body));
    const content = await text(answer);
    if (answer.statusCode === 200) return content;
    const refusal = refusalSchema.safeParse(answer.statusCode === 409 ? JSON.parse(content) : undefined);
    if (refusal.success) throw new Failure(refusal.data.message, "");
    throw new Error(`${method} ${at} of the region answered ${answer.statusCode ?? 0}: ${content}`);
  };
  return {
    get: async (at, schema) => schema.parse(JSON.parse(await call("GET", at))),
    post: async (at, body, schema) => schema.parse(JSON.parse(await call("POST", at, body))),
    text: async (at) => await call("GET", at),
    stream,
  };
}

/** The socket's file is missing, or its region has ended. */
function isAbsent(error: unknown): boolean {
  return codeOf(error) === "ENOENT" || codeOf(error) === "ECONNREFUSED";
}

const statusSchema = z.object({ bootId: z.string().nullable() });

/** The emulator whose state the region has; null without any yet, undefined while the region does not answer. */
export async function bootIdAt(sockets: string): Promise<string | null | undefined> {
  try {
    return (await controlClientAt(sockets).get("/status", statusSchema)).bootId;
  } catch (error) {
    // A region that ends while it answers resets the connection.
    if (error instanceof Failure || codeOf(error) === "ECONNRESET") return undefined;
    throw error;
  }
}
