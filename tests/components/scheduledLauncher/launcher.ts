import { z } from "zod";

import {
  ScheduledLauncher,
  type ScheduledLauncherArgs,
} from "../../../components/scheduledLauncher/scheduledLauncher";
import { type MockedRun, only, runUnderMocks } from "../../support/mocks";

export const surroundings = { vpcId: "vpc-0a", subnetIds: ["subnet-0a", "subnet-0b"] };

type Changes = Partial<ScheduledLauncherArgs>;

export const create = (changes: Changes = {}) =>
  new ScheduledLauncher("site", { ...surroundings, ...changes });

export const run = (changes?: Changes) =>
  runUnderMocks(() => {
    const { functionName, scheduleName, functionUrl } = create(changes);
    return { functionName, scheduleName, functionUrl };
  });

const scheduleInputs = z.object({
  groupName: z.string(),
  scheduleExpression: z.string(),
  scheduleExpressionTimezone: z.string(),
  state: z.string(),
  flexibleTimeWindow: z.unknown(),
  target: z.object({
    arn: z.string(),
    roleArn: z.string(),
    input: z.string(),
    retryPolicy: z.unknown(),
    deadLetterConfig: z.unknown(),
  }),
});
const functionInputs = z.object({
  role: z.string(),
  environment: z.object({ variables: z.record(z.string(), z.string()) }),
});
export const scheduleOf = (launcher: MockedRun<unknown>, name: "launch" | "sweep") =>
  scheduleInputs.parse(only(launcher, "aws:scheduler/schedule:Schedule", `site-launcher-${name}`).inputs);
export const functionOf = (launcher: MockedRun<unknown>) =>
  functionInputs.parse(only(launcher, "aws:lambda/function:Function").inputs);
