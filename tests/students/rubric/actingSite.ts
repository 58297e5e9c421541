import { CloudWatch } from "@aws-sdk/client-cloudwatch";
import { buildSync } from "esbuild";
import { zipSync } from "fflate";

import type { Internet } from "../../../students/account/internet";
import type { EmulatorClientConfig } from "../../support/emulator";
import type { ConsoleSite } from "./consoleSite";

/** A function as a student writes it with the SDK: once per event, tagged, with the ids as its result. */
const launcherCode = `
import { EC2Client, RunInstancesCommand } from "@aws-sdk/client-ec2";
const ec2 = new EC2Client({});
exports.handler = async (event) => {
  const { Instances } = await ec2.send(new RunInstancesCommand({
    ImageId: process.env.IMAGE, SubnetId: process.env.SUBNET, InstanceType: "t3.micro", MinCount: 1, MaxCount: 1,
    ClientToken: TOKEN,
  }));
  return Instances.map((each) => each.InstanceId);
};`;

/** Replaces the function's code. @param token the expression of the client token */
export async function writeLauncher(
  { clients: { lambda }, functionName, imageId, publicSubnets }: ConsoleSite,
  token: string,
): Promise<void> {
  const { outputFiles } = buildSync({
    stdin: { contents: launcherCode.replace("TOKEN", token), resolveDir: __dirname },
    bundle: true,
    platform: "node",
    format: "cjs",
    write: false,
    logLevel: "silent",
  });
  await lambda.updateFunctionCode({
    FunctionName: functionName,
    ZipFile: zipSync({ "index.js": outputFiles[0]?.contents ?? new Uint8Array() }),
  });
  await lambda.updateFunctionConfiguration({
    FunctionName: functionName,
    Environment: { Variables: { IMAGE: imageId, SUBNET: publicSubnets[0] ?? "" } },
  });
}

/** A moment as the site of the account is now. */
export interface Moment {
  /** Ids of healthy targets. */
  readonly healthy: readonly string[];
  /** Seconds since a target was gone that had been there; undefined: none was. */
  readonly secondsSinceLoss: number | undefined;
  /** How often the database has restarted. */
  readonly restarts: number;
}

export interface SiteOptions {
  /** Whether the site answers. Default: while it has a healthy target. */
  readonly serves?: (moment: Moment) => boolean;
}

/**
 * What visitors see of a site whose servers are records: a page while a target is healthy. Every visit is load: with
 * many of them in a second, the group's CPU utilization is high, as on real servers.
 */
export function visitedSite(
  config: EmulatorClientConfig,
  site: ConsoleSite,
  { serves = ({ healthy }) => healthy.length > 0 }: SiteOptions,
): Internet["visit"] {
  const { elbv2, rds } = site.clients;
  const cloudWatch = new CloudWatch(config);
  let before: readonly string[] = [];
  let lostAt: number | undefined;
  let recent: number[] = [];
  let load: number | undefined;
  let quiet: NodeJS.Timeout | undefined;
  const count = async (visits: number) => {
    const now = performance.now();
    recent = [...recent.filter((at) => at > now - 1_000), ...Array.from({ length: visits }, () => now)];
    const next = recent.length > busyVisits ? 95 : 5;
    clearTimeout(quiet);
    // Without visitors nothing else would end the load.
    if (next > 5) quiet = setTimeout(() => void count(0), 1_500);
    if (next === load || (load === undefined && next === 5)) return;
    load = next;
    await cloudWatch.putMetricData({
      Namespace: "AWS/EC2",
      MetricData: [
        {
          MetricName: "CPUUtilization",
          Dimensions: [{ Name: "AutoScalingGroupName", Value: site.groupName }],
          Value: load,
        },
      ],
    });
  };
  return async () => {
    await count(1);
    const [{ TargetHealthDescriptions = [] }, { Events = [] }] = await Promise.all([
      elbv2.describeTargetHealth({ TargetGroupArn: site.targetGroupArn }),
      rds.describeEvents({ SourceType: "db-instance", SourceIdentifier: site.databaseId, Duration: 60 }),
    ]);
    const healthy = TargetHealthDescriptions.filter((each) => each.TargetHealth?.State === "healthy").flatMap(
      ({ Target }) => Target?.Id ?? [],
    );
    if (before.some((id) => !healthy.includes(id))) lostAt = performance.now();
    before = healthy;
    const secondsSinceLoss = lostAt === undefined ? undefined : (performance.now() - lostAt) / 1_000;
    const restarts = Events.filter(({ Message = "" }) => /restarted/i.test(Message)).length;
    return { status: serves({ healthy, secondsSinceLoss, restarts }) ? 200 : 502 };
  };
}

/** Visitors one after the other are fewer. */
const busyVisits = 6;
