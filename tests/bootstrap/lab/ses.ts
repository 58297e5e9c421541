import { Sha256 } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from "node:http";
import { z } from "zod";

import { waitFor } from "../../../localAws/live/command";
import { accountId, region } from "./addresses";
import { parseMail, type Mail } from "./mime";

/** The parts of SES's API version 2 SendEmail that a raw message needs. */
const sendEmail = z.strictObject({
  FromEmailAddress: z.string(),
  Destination: z.strictObject({ ToAddresses: z.array(z.string()).min(1).max(50) }),
  Content: z.strictObject({ Raw: z.strictObject({ Data: z.base64().min(1) }) }),
  ConfigurationSetName: z.string().optional(),
});

/** A received message, as SES accepts it and as a mail program reads it. */
export interface Sent {
  readonly from: string;
  readonly recipients: readonly string[];
  readonly configurationSet: string | undefined;
  readonly raw: string;
  readonly mail: Mail;
}

const sesHost = `email.${region}.amazonaws.com`;

/** Whether the AWS SDK creates the same signature for the same request, time and credentials. */
async function isSigned(request: IncomingMessage, body: string, secretOf: SecretOf): Promise<boolean> {
  const sessionToken = String(request.headers["x-amz-security-token"]);
  const secretAccessKey = secretOf(sessionToken);
  if (secretAccessKey === undefined) return false;
  const { authorization = "", ...headers } = request.headers;
  const [, names = ""] = /SignedHeaders=([^,]+)/.exec(authorization) ?? [];
  const signed = names.split(";");
  const signer = new SignatureV4({
    service: "ses",
    region,
    // The access key of a machine is an account of the emulator.
    credentials: { accessKeyId: accountId, secretAccessKey, sessionToken },
    sha256: Sha256,
    applyChecksum: false,
  });
  const date = String(headers["x-amz-date"]).replace(
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
    "$1-$2-$3T$4:$5:$6Z",
  );
  const expected = await signer.sign(
    {
      method: request.method ?? "",
      protocol: "https:",
      hostname: sesHost,
      path: request.url ?? "",
      headers: Object.fromEntries(signed.map((name) => [name, String(headers[name])])),
      body,
    },
    { signingDate: new Date(date), signableHeaders: new Set(signed) },
  );
  const isRecent = Math.abs(Date.now() - Date.parse(date)) < 300_000;
  return isRecent && expected.headers["authorization"] === authorization;
}

/** The secret key of a machine's session token. */
type SecretOf = (sessionToken: string) => string | undefined;

/** SES behind the region's endpoints. It checks signatures as AWS does, with the AWS SDK, and keeps the messages. */
export class LabSes {
  private readonly messages: Sent[] = [];
  /** The error for the next messages; none: they are accepted. */
  refusal: string | undefined;

  /** A server for all calls to AWS: SES's are answered here, others by the emulator. @returns its address */
  async serve(emulator: string, secretOf: SecretOf): Promise<string> {
    const server = createServer((request, response) => {
      if (request.headers.host === sesHost) this.answer(request, response, secretOf);
      else passOn(request, response, emulator);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("The server has no port.");
    return `http://127.0.0.1:${address.port}`;
  }

  /** Deletes the received messages. */
  empty(): void {
    this.messages.length = 0;
  }

  get arrived(): readonly Sent[] {
    return this.messages;
  }

  /** The only message received since the last {@link empty}. */
  async only(): Promise<Sent> {
    const first = await waitFor("a message arrives at SES", 20, () => this.messages[0]);
    if (this.messages.length > 1) throw new Error(`${this.messages.length} messages arrived`);
    return first;
  }

  private answer(request: IncomingMessage, response: ServerResponse, secretOf: SecretOf): void {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.once("end", () => {
      this.take(request, Buffer.concat(chunks).toString(), secretOf)
        .then(([status, answer]) => {
          response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
        })
        .catch((error: unknown) => {
          response.writeHead(500).end(JSON.stringify({ message: String(error) }));
        });
    });
  }

  private async take(
    request: IncomingMessage,
    body: string,
    secretOf: SecretOf,
  ): Promise<readonly [number, object]> {
    if (request.method !== "POST" || request.url !== "/v2/email/outbound-emails")
      return [404, { message: "no such call" }];
    if (!(await isSigned(request, body, secretOf))) {
      return [
        403,
        { message: "The request signature we calculated does not match the signature you provided." },
      ];
    }
    if (this.refusal !== undefined) return [400, { message: this.refusal }];
    const given = sendEmail.parse(JSON.parse(body));
    const raw = Buffer.from(given.Content.Raw.Data, "base64").toString("latin1");
    this.messages.push({
      from: given.FromEmailAddress,
      recipients: given.Destination.ToAddresses,
      configurationSet: given.ConfigurationSetName,
      raw,
      mail: await parseMail(raw),
    });
    return [200, { MessageId: `lab-${this.messages.length}` }];
  }
}

function passOn(request: IncomingMessage, response: ServerResponse, emulator: string): void {
  const { hostname, port } = new URL(emulator);
  const { method, url, headers } = request;
  const upstream = forward({ hostname, port, method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  upstream.once("error", (error) => response.writeHead(502).end(String(error)));
  request.pipe(upstream);
}
