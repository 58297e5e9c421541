/** The local providers in a process of their own, for engines that this repository's runner does not start. */
import { serveProviders } from "../local/providers/serve";

async function main([endpoint, accountId]: readonly string[]): Promise<void> {
  if (endpoint === undefined || accountId === undefined)
    throw new TypeError("usage: providers ENDPOINT ACCOUNT");
  const { aws, awsx } = await serveProviders({ endpoint, accountId, region: "us-east-1" });
  console.log(`aws:${aws.toString()},awsx:${awsx.toString()}`);
}

void main(process.argv.slice(2));
