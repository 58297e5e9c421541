import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import { expect } from "chai";
import { createServer, type Server } from "node:http";

import { refusalOf, type ReceivedRequest } from "../../../../localAws/live/services/signature";

const credentials = { accessKeyId: "111111111111", secretAccessKey: "secret+/=", sessionToken: "token+/=" };
const secretOf = (token: string): string | undefined =>
  token === credentials.sessionToken ? credentials.secretAccessKey : undefined;

describe("a signature of version 4", () => {
  let server: Server;
  let endpoint: string;
  let received: ReceivedRequest;

  before(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.once("end", () => {
        const { method = "", url = "", headers } = request;
        received = { method, url, headers, body: Buffer.concat(chunks) };
        response.end("{}");
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("The server has no port.");
    endpoint = `http://127.0.0.1:${address.port}`;
  });

  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const config = () => ({ endpoint, region: "us-east-1", credentials });

  async function sendMail(): Promise<void> {
    await new SESv2Client(config()).send(
      new SendEmailCommand({
        FromEmailAddress: "a@example.com",
        Destination: { ToAddresses: ["b@example.com"] },
        Content: { Raw: { Data: Buffer.from("Subject: x\r\n\r\ny") } },
      }),
    );
  }

  it("is valid when an SDK made it", async () => {
    await sendMail();
    expect(await refusalOf(received, secretOf)).to.equal(undefined);
    await new SecretsManagerClient(config()).send(new GetSecretValueCommand({ SecretId: "한글 secret" }));
    expect(await refusalOf(received, secretOf)).to.equal(undefined);
  });

  it("is not valid for another body, path, header or secret key", async () => {
    await sendMail();
    const others: readonly Partial<ReceivedRequest>[] = [
      { body: Buffer.from("{}") },
      { url: "/v2/email/other" },
      { url: `${received.url}?x=1` },
      { method: "PUT" },
      { headers: { ...received.headers, host: "other.example" } },
    ];
    for (const other of others) {
      const refusal = await refusalOf({ ...received, ...other }, secretOf);
      expect(refusal, Object.keys(other).join()).to.equal("SignatureDoesNotMatch");
    }
    expect(await refusalOf(received, () => "another secret")).to.equal("SignatureDoesNotMatch");
  });

  it("is refused with an unknown token, without its parts, and when it is old", async () => {
    await sendMail();
    expect(await refusalOf(received, () => undefined)).to.equal("InvalidClientTokenId");
    const unsigned = { ...received.headers, authorization: "Bearer x" };
    expect(await refusalOf({ ...received, headers: unsigned }, secretOf)).to.equal("IncompleteSignature");
    expect(await refusalOf(received, secretOf, Date.now() + 301_000)).to.equal("RequestExpired");
  });
});
