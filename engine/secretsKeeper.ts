import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { text } from "node:stream/consumers";

import { parseJson, z } from "../cli/json";

/** The secrets provider of local stacks: a key of the server below. */
export const secretsProvider = "hashivault://local";

/** HashiCorp Vault's prefix of encrypted values. */
const mark = "vault:v1:";

const requests = {
  "/v1/transit/encrypt/local": z
    .object({ plaintext: z.string() })
    .transform(({ plaintext }) => ({ ciphertext: mark + plaintext })),
  "/v1/transit/decrypt/local": z
    .object({ ciphertext: z.string().startsWith(mark) })
    .transform(({ ciphertext }) => ({ plaintext: ciphertext.slice(mark.length) })),
};

let server: Promise<Server> | undefined;

/**
 * The environment in which the engine finds the secrets provider of local stacks: a server that answers as Vault's
 * transit engine does and protects nothing, because the state belongs to an emulator on this machine. A passphrase
 * would not protect more, and each run would derive its key again in a million rounds, which take as long as all
 * resources.
 *
 * https://developer.hashicorp.com/vault/api-docs/secret/transit
 */
export async function secretsKeeperEnvironment(): Promise<Readonly<Record<string, string>>> {
  server ??= listen();
  const address = (await server).address();
  if (address === null || typeof address === "string") throw new Error("a server without a port");
  return {
    VAULT_SERVER_URL: `http://127.0.0.1:${address.port}`,
    // Replaces the settings of a user's own Vault.
    VAULT_SERVER_TOKEN: "local",
    VAULT_AGENT_ADDR: "",
    VAULT_NAMESPACE: "",
  };
}

/** One server for all runs of this process, which can end while it listens. */
async function listen(): Promise<Server> {
  const listening = createServer((request, response) => {
    const reply = (data: object | undefined) => {
      response.statusCode = data === undefined ? 404 : 200;
      response.setHeader("content-type", "application/json").end(JSON.stringify(data ?? { errors: [] }));
    };
    // An engine that ends during its request does not wait for the answer.
    answer(request).then(reply, () => response.destroy());
  }).listen(0, "127.0.0.1");
  await once(listening, "listening");
  return listening.unref();
}

async function answer(request: IncomingMessage): Promise<{ readonly data: object } | undefined> {
  const body = await text(request);
  const known = Object.entries(requests).find(([path]) => path === request.url);
  const data = known === undefined ? undefined : parseJson<object>(known[1], body);
  return data === undefined ? undefined : { data };
}
