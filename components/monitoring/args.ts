import type * as pulumi from "@pulumi/pulumi";

import type { DashboardSubjects } from "./dashboardBody";
import type { MonitoringOptions } from "./options";

/** {@link MonitoringOptions}, and what other resources provide. */
export interface MonitoringArgs extends MonitoringOptions {
  /**
   * The dashboard's name. AWS generates none, and a name is unique in an account, across its regions.
   */
  readonly dashboardName: pulumi.Input<string>;

  /** The resources whose metrics the dashboard shows. The region is that of the provider. */
  readonly subjects: pulumi.Output<Omit<DashboardSubjects, "region">>;
}
