import { expect } from "chai";

import { labDatabase } from "../../../policies/learner-lab/rules/labDatabase";
import { itPasses, itRefuses } from "../support/expectations";
import { anyFixture, fixture, spoil } from "../support/fixture";
import { judge } from "../support/judge";

describe("lab-database", () => {
  const database = fixture("aws:rds/instance:Instance", "wordpress", {
    instanceClass: "db.t3.medium",
    allocatedStorage: 100,
    maxAllocatedStorage: 100,
    storageType: "gp2",
    monitoringInterval: 0,
  });
  itPasses(
    labDatabase,
    "a database of the lab",
    database,
    spoil(database, {
      allocatedStorage: undefined,
      maxAllocatedStorage: undefined,
      storageType: undefined,
      monitoringInterval: undefined,
    }),
  );
  const wrong = [
    [
      { instanceClass: "db.t3.large" },
      "instanceClass",
      "db.t3.large",
      "a size of nano, micro, small, medium",
    ],
    [{ allocatedStorage: 101 }, "allocatedStorage", 101, "at most 100 GiB"],
    [{ maxAllocatedStorage: 101 }, "maxAllocatedStorage", 101, "at most 100 GiB"],
    [{ storageType: "gp3" }, "storageType", "gp3", "one of gp2"],
    [{ monitoringInterval: 60 }, "monitoringInterval", 60, "0 (no enhanced monitoring)"],
  ] as const;
  for (const [change, at, value, allowed] of wrong) {
    itRefuses(labDatabase, JSON.stringify(change), spoil(database, change), { at, value, allowed });
  }

  it("uses the limits of its configuration", async () => {
    const config = { sizes: ["micro"], maximumGiB: 20, storageTypes: ["gp3"] };
    expect((await judge(labDatabase, database, config)).violations).to.have.length(4);
  });

  const cluster = fixture("aws:rds/cluster:Cluster", "wordpress", {
    dbClusterInstanceClass: "db.t3.medium",
    storageType: "aurora",
  });
  const members = [
    "aws:rds/clusterInstance:ClusterInstance",
    "aws:docdb/clusterInstance:ClusterInstance",
    "aws:neptune/clusterInstance:ClusterInstance",
  ];
  itPasses(
    labDatabase,
    "clusters of the lab's sizes",
    cluster,
    spoil(cluster, { storageType: undefined, dbClusterInstanceClass: undefined }),
    ...members.flatMap((type) => [
      anyFixture(type, "one", { instanceClass: "db.t3.medium" }),
      anyFixture(type, "one", {}),
    ]),
  );
  itRefuses(labDatabase, "a large cluster", spoil(cluster, { dbClusterInstanceClass: "db.r6g.large" }), {
    at: "dbClusterInstanceClass",
    value: "db.r6g.large",
    allowed: "a size of nano, micro, small, medium",
  });
  itRefuses(labDatabase, "another storage of a cluster", spoil(cluster, { storageType: "io1" }), {
    at: "storageType",
    value: "io1",
    allowed: "one of gp2",
  });
  itRefuses(
    labDatabase,
    "a storage that its configuration does not list, with all that it lists",
    spoil(cluster, { storageType: "gp2" }),
    { at: "storageType", value: "gp2", allowed: "one of io1, io2" },
    { storageTypes: ["io1", "io2"] },
  );
  for (const type of members) {
    itRefuses(
      labDatabase,
      `a large instance of ${type}`,
      anyFixture(type, "one", { instanceClass: "db.r6g.large" }),
      {
        at: "instanceClass",
        value: "db.r6g.large",
        allowed: "a size of nano, micro, small, medium",
      },
    );
  }
});
