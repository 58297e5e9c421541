import { Route53 } from "@aws-sdk/client-route-53";
import { expect } from "chai";
import { createServer } from "node:http";

import type { Report } from "../../../../localAws/live/reports";
import { afterResult, HealthChecks } from "../../../../localAws/live/services/healthChecks";
import { worldSchema } from "../../../../localAws/live/world";
import { useEmulator } from "../../../support/emulator";
import { eventually } from "../../../support/eventually";
import { clientsOf, makeNetwork } from "../../emulator/fleet";

describe("the state of a health check", () => {
  const results = (...all: readonly boolean[]) =>
    all.reduce((state, succeeded) => afterResult(state, succeeded, 3), { healthy: true, contrary: 0 })
      .healthy;

  it("changes after the threshold of results in a row", () => {
    expect(results(false, false)).to.be.true;
    expect(results(false, false, true, false, false)).to.be.true;
    expect(results(false, false, false)).to.be.false;
    expect(results(false, false, false, true, true)).to.be.false;
    expect(results(false, false, false, true, true, true)).to.be.true;
  });
});

describe("Route 53's health checks", () => {
  const emulator = useEmulator();

  it("request the site by its name and path, and report whether it answers", async () => {
    const accountId = emulator.newAccountId();
    const config = emulator.clientConfig(accountId);
    const clients = clientsOf(config);
    const { subnetIds } = await makeNetwork(clients);
    await clients.elbv2.createLoadBalancer({ Name: "site", Subnets: [...subnetIds] });
    const seen: string[] = [];
    const server = createServer((request, response) => {
      seen.push(`${request.headers.host ?? ""}${request.url ?? ""}`);
      response.writeHead(seen.length === 1 ? 503 : 200).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("The server has no port");
    const { port } = address;
    const { HealthCheck } = await new Route53(config).createHealthCheck({
      CallerReference: "one",
      HealthCheckConfig: {
        Type: "HTTP",
        FullyQualifiedDomainName: "site.example.com",
        Port: port,
        ResourcePath: "/healthz/deep",
        RequestInterval: 10,
        FailureThreshold: 1,
      },
    });
    const statuses: number[] = [];
    const checks = new HealthChecks({
      context: {
        endpoint: emulator.endpoint,
        report: (report: Report) => {
          if (report.kind !== "metrics") return;
          expect(report).to.include({ namespace: "AWS/Route53", region: "us-east-1", accountId });
          const status = report.data.find(({ name }) => name === "HealthCheckStatus");
          expect(status?.dimensions).to.deep.equal({ HealthCheckId: HealthCheck?.Id });
          statuses.push(status?.value ?? NaN);
        },
        log: (line) => expect.fail(line),
      },
      resolve: (name) => (name === "site.example.com" ? ["127.0.0.1"] : []),
    });
    try {
      await checks.reconcile(worldSchema.parse(await emulator.api.world()));
      const recovered = () => Promise.resolve(statuses.includes(1) ? true : undefined);
      await eventually("the site's recovery", recovered);
      expect(statuses[0]).to.equal(0);
      expect(seen[0]).to.equal(
        `site.example.com:${String(port)}/healthz/deep`.replace(`:${String(port)}`, ""),
      );
    } finally {
      await checks.stop();
      server.close();
    }
  });
});
