import { join } from "node:path";

import type { PartContext } from "../region/part";
import type { Report } from "../reports";
import { Console } from "./console";

type InstanceReport = Extract<Report, { readonly kind: "instance" }>;
type Body<T = Report> = T extends Report ? Omit<T, "accountId" | "region"> : never;

/** What EC2 and the region's timeline get to know of one machine. */
export class MachineReports {
  readonly console: Console;
  /** The state that was reported last. */
  state: InstanceReport["state"] | undefined;
  /** The status check that was reported last. */
  checks = "initializing";

  constructor(
    private readonly id: string,
    folder: string,
    private readonly place: { readonly accountId: string; readonly region: string },
    private readonly context: Pick<PartContext, "report" | "event">,
  ) {
    this.console = new Console(join(folder, "console.log"), (text) => {
      this.report({ kind: "console", id, text });
    });
  }

  reportState(state: InstanceReport["state"], byItself = false): void {
    this.state = state;
    // EC2 shows the whole console of a machine that has ended.
    this.console.flush();
    this.report({ kind: "instance", id: this.id, state, ...(byItself ? { byItself } : {}) });
  }

  reportChecks(status: string): void {
    this.checks = status;
    this.report({ kind: "checks", id: this.id, status });
  }

  /** Adds a line to the timeline. */
  event(text: string): void {
    this.context.event({ kind: "instance", id: this.id, text });
  }

  private report(body: Body): void {
    const { accountId, region } = this.place;
    this.context.report({ ...body, accountId, region });
  }
}
