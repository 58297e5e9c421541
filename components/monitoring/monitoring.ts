import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { regionOf } from "../settings/account";
import { parseArgs } from "../settings/parse";
import type { MonitoringArgs } from "./args";
import { dashboardBody } from "./dashboardBody";
import { monitoringSettings } from "./settings";

export type { MonitoringArgs } from "./args";

/** What operators see of a stack: a dashboard. */
export class Monitoring extends pulumi.ComponentResource {
  /** Name of the dashboard; `undefined` when the setting `dashboard` is false. */
  readonly dashboardName: pulumi.Output<string> | undefined;

  /** @throws InvalidSettingsError that lists every wrong argument; nothing is registered then. */
  constructor(
    name: string,
    { subjects, dashboardName, ...options }: MonitoringArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    const settings = parseArgs("Monitoring", name, monitoringSettings, options);
    super("wordpress:monitoring:Monitoring", name, {}, opts);
    this.dashboardName = settings.dashboard ? this.createDashboard(name, dashboardName, subjects) : undefined;
    this.registerOutputs({ dashboardName: this.dashboardName });
  }

  private createDashboard(
    name: string,
    dashboardName: MonitoringArgs["dashboardName"],
    subjects: MonitoringArgs["subjects"],
  ): pulumi.Output<string> {
    const body = pulumi
      .all([subjects, regionOf(this)])
      .apply(([known, region]) => dashboardBody({ ...known, region }));
    return new aws.cloudwatch.Dashboard(
      name,
      {
        dashboardName,
        dashboardBody: pulumi.jsonStringify(body),
      },
      { parent: this },
    ).dashboardName;
  }
}
