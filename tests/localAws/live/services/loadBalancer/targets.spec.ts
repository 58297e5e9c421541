import { expect } from "chai";

import { backendNames, serverName } from "../../../../../localAws/live/services/loadBalancer/backend";
import { health } from "../../../../../localAws/live/services/loadBalancer/health";
import type { StatRow } from "../../../../../localAws/live/services/loadBalancer/runtime";
import { groupHealth, keyOf } from "../../../../../localAws/live/services/loadBalancer/targets";
import { exampleWorld } from "../../../../support/exampleWorld";

describe("the health of a draining target", () => {
  const group = exampleWorld().places[0]?.targetGroups[0];
  if (group === undefined) throw new Error("The example of a world has no target group.");
  const target = { id: "i-1", port: 80, address: "10.0.0.5", draining: true };
  const desired = { group, targets: [target], unused: {} };
  const key = keyOf({ group, target });
  const row = (proxy: string, sessions: number): StatRow => ({
    proxy,
    server: serverName(group, target),
    status: "MAINT",
    checkStatus: "L7OK",
    checkCode: "200",
    sessions,
  });
  const names = backendNames(group);
  const rows = (sessions: number) => [row(names.healthy, sessions), row(names.all, 0), row(names.check, 9)];
  const drained = new Map([[key, { group, target, health: health.draining }]]);

  it("is `draining` while a request is open", () => {
    expect(groupHealth(desired, drained, rows(1))).to.deep.equal({ "i-1": health.draining });
  });

  it("is `unused` once none is open: the deregistration ends before its delay", () => {
    const found = groupHealth(desired, drained, rows(0))["i-1"];
    expect(found).to.include({ state: "unused", reason: "Target.NotRegistered" });
  });

  it("stays `draining` while HAProxy still sends it requests, or does not have it", () => {
    const serving = new Map([[key, { group, target, health: health.healthy }]]);
    expect(groupHealth(desired, serving, rows(0))).to.deep.equal({ "i-1": health.draining });
    expect(groupHealth(desired, new Map(), rows(0))).to.deep.equal({ "i-1": health.draining });
    expect(groupHealth(desired, drained, [])).to.deep.equal({ "i-1": health.draining });
  });
});
