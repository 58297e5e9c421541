/** Serves the local providers from a process of their own, for engines that `npm run local` does not start. */
import { debugProviders, serveProviders } from "../../localAws/providers/serve";

async function main([endpoint, accountId]: readonly string[]): Promise<void> {
  if (endpoint === undefined || accountId === undefined)
    throw new TypeError("usage: providers ENDPOINT ACCOUNT");
  const { ports } = await serveProviders({ endpoint, accountId, region: "us-east-1" });
  console.log(debugProviders(ports));
}

void main(process.argv.slice(2));
