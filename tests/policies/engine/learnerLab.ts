import { Role } from "@pulumi/aws/iam";
import { Function as LambdaFunction } from "@pulumi/aws/lambda";
import { Topic } from "@pulumi/aws/sns";

import { launcher, makeDatabase, makeGroup, makeLauncher, makeServer, tags } from "./parts";
import type { RefusedPrograms, Thresholds } from "./program";

/** The emulator's provider has no type of a service that the lab lacks. */
export const learnerLabThresholds: Thresholds = { "lab-services": { missing: ["aws:sns/"] } };

/** One program for each rule of the pack. */
export const refusedByLearnerLab: RefusedPrograms = {
  "no-iam-creation": { program: () => new Role("servers", { assumeRolePolicy: "{}", tags }) },
  "lab-role-only": {
    program: () => makeLauncher({ role: "arn:aws:iam::123456789012:role/Administrator" }),
  },
  "lab-regions": { region: "eu-central-1", program: () => makeServer({}) },
  "lab-key-pair": { region: "us-west-2", program: () => makeServer({ keyName: "vockey" }) },
  "lab-server-count": { program: () => makeGroup({ maxSize: 10 }) },
  "lab-instance-sizes": { program: () => makeServer({ instanceType: "t3.2xlarge" }) },
  "lab-on-demand-only": {
    program: () => makeServer({ instanceMarketOptions: { marketType: "spot" } }),
  },
  "lab-volumes": {
    program: () =>
      makeServer({
        blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "true", volumeSize: 101 } }],
      }),
  },
  "lab-database": { program: () => makeDatabase({ instanceClass: "db.r5.large" }) },
  "lab-concurrency": { program: () => makeLauncher({ reservedConcurrentExecutions: 11 }) },
  "lab-concurrency-total": {
    program: () => {
      for (const name of ["first", "second"]) {
        new LambdaFunction(name, { ...launcher, reservedConcurrentExecutions: 6 });
      }
    },
  },
  "lab-services": { program: () => new Topic("alarms", { tags }) },
};
