import type { DashboardArgs, DashboardState } from "@pulumi/aws/cloudwatch";

import type { AwsClients } from "../clients";
import { unlessGone } from "../gone";
import type { Properties, ResourceType } from "../resourceType";
import { present, reading, type Known } from "../values";

/** A dashboard, which has no tags. Its id is its name. */
export const dashboard: ResourceType<DashboardArgs> = {
  token: "aws:cloudwatch/dashboard:Dashboard",
  properties: {
    dashboardBody: { required: true, json: true },
    dashboardName: { required: true, replace: true },
  },
  check(inputs) {
    const name = reading<DashboardArgs>(inputs).requiredString("dashboardName");
    if (/^[-_A-Za-z0-9]{1,255}$/.test(name)) return [];
    return [{ property: "dashboardName", reason: `${name} - allowed: 1 to 255 letters, digits, "-" or "_"` }];
  },
  async create(aws, inputs) {
    await put(aws, inputs);
    return { id: reading<DashboardArgs>(inputs).requiredString("dashboardName") };
  },
  async read(aws, id) {
    const found = await unlessGone(
      (await aws.cloudWatch()).getDashboard({ DashboardName: id }),
      "ResourceNotFound",
      "DashboardNotFoundError",
    );
    if (found === undefined) return undefined;
    return present({
      dashboardArn: found.DashboardArn,
      dashboardBody: found.DashboardBody,
      dashboardName: found.DashboardName,
    } satisfies Known<DashboardState>);
  },
  async update(aws, { new: inputs }) {
    await put(aws, inputs);
  },
  async delete(aws, id) {
    await unlessGone(
      (await aws.cloudWatch()).deleteDashboards({ DashboardNames: [id] }),
      "ResourceNotFound",
      "DashboardNotFoundError",
    );
  },
};

async function put(aws: AwsClients, inputs: Properties): Promise<void> {
  const from = reading<DashboardArgs>(inputs);
  const { DashboardValidationMessages = [] } = await (
    await aws.cloudWatch()
  ).putDashboard({
    DashboardName: from.requiredString("dashboardName"),
    DashboardBody: from.requiredString("dashboardBody"),
  });
  if (DashboardValidationMessages.length === 0) return;
  const messages = DashboardValidationMessages.map(
    ({ DataPath = "the body", Message = "no message" }) => `${DataPath}: ${Message}`,
  );
  throw new Error(`CloudWatch reports problems of the dashboard: ${messages.join("; ")}`);
}
