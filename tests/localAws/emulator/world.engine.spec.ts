import { expect } from "chai";

import { worldSchema } from "../../../localAws/live/world";
import { openLocalRun, succeeded } from "../../support/localRun";

describe("the world of a stack `local`", () => {
  it("has exactly the JSON of the live region's schema, with everything that the stack runs", async () => {
    const local = await openLocalRun();
    try {
      const { endpoint = "", accountId } = succeeded(await local.run("up"));
      const answer: unknown = await (await fetch(`${endpoint}/_local/world`)).json();
      const world = worldSchema.parse(answer);
      // zod removes keys that the schema does not have.
      expect(world).to.deep.equal(answer);

      const place = world.places.find((candidate) => candidate.accountId === accountId);
      const [vpc] = place?.vpcs ?? [];
      const [balancer] = place?.loadBalancers ?? [];
      const [database] = place?.databases ?? [];
      const [fileSystem] = place?.fileSystems ?? [];
      const [group] = place?.targetGroups ?? [];
      const servers = place?.instances.filter(({ groupName }) => groupName !== null) ?? [];
      expect(vpc?.subnets).to.have.length(4);
      expect(balancer?.interfaces.map(({ publicIp }) => publicIp)).to.not.include(null);
      expect(fileSystem?.mountTargets.map(({ vpcId }) => vpcId)).to.deep.equal([vpc?.id, vpc?.id]);
      expect(database).to.include({ vpcId: vpc?.id, engine: "mariadb" });
      expect(group?.targets.map(({ id }) => id)).to.have.members(servers.map(({ id }) => id));

      const addresses = [
        ...servers.flatMap(({ interfaces }) => interfaces),
        ...(balancer?.interfaces ?? []),
        ...(database === undefined ? [] : [database.interface]),
        ...(fileSystem?.mountTargets.map((target) => target.interface) ?? []),
      ].map(({ privateIp }) => privateIp);
      expect(addresses).to.have.length(2 + 2 + 1 + 2);
      expect(new Set(addresses)).to.have.length(addresses.length);
    } finally {
      await local.close();
    }
  });
});
