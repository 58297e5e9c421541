import { createServer } from "node:http";

import { accountId, addresses } from "./addresses";

const role = "wordpress-servers";
const token = "lab-token";

/** The role's credentials, the same for every server. */
export const credentials = {
  Code: "Success",
  Type: "AWS-HMAC",
  AccessKeyId: accountId,
  SecretAccessKey: "lab",
  Token: "lab-session",
  Expiration: new Date(Date.now() + 6 * 3_600_000).toISOString(),
} as const;

/** EC2's instance metadata, version 2 only: a role's credentials. The access key is an account of the emulator. */
export async function startMetadata(): Promise<void> {
  const folder = "/latest/meta-data/iam/security-credentials/";
  const server = createServer((request, response) => {
    if (request.method === "PUT" && request.url === "/latest/api/token") response.end(token);
    else if (request.headers["x-aws-ec2-metadata-token"] !== token) response.writeHead(401).end();
    else if (request.url === folder) response.end(role);
    else if (request.url === folder + role) response.end(JSON.stringify(credentials));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(80, addresses.metadata, resolve));
}
