import { readFile } from "node:fs/promises";

import { codeOf, messageOf } from "../../../cli/failure";
import { repeat, type Repeated } from "../repeat";
import type { Report } from "../reports";
import { cpuPercent, trafficIn, type Usage } from "./cpu";

type Metrics = Extract<Report, { readonly kind: "metrics" }>;
type Datum = Metrics["data"][number];

/** A machine that runs. */
export interface MeteredMachine {
  /** The instance's id. */
  readonly id: string;
  readonly accountId: string;
  readonly region: string;
  /** Cores that the machine may use now: the host's before it has a quota. */
  readonly cores: number;
  /** Detailed monitoring: metrics each minute instead of each five. */
  readonly detailed: boolean;
  /** The instance status check: `ok`, `impaired`, `initializing`. */
  readonly checks: string;
  readonly cgroup: { readonly usageMicroseconds: () => number; readonly waitedMicroseconds: () => number };
  /** The process id of its init; its interfaces are in `/proc/<pid>/net/dev`. */
  readonly pid: number;
}

export interface MeterOptions {
  readonly machines: () => readonly MeteredMachine[];
  readonly report: (report: Report) => void;
  readonly log: (line: string) => void;
}

/**
 * How often a machine with detailed monitoring is measured. AWS publishes the average of a minute when it has ended;
 * here users see the minute while it lasts.
 */
export const sampleSeconds = 2;
const minuteSeconds = 60;
const basicSeconds = 300;

/** Measures the machines and reports AWS's metrics `AWS/EC2` of each. The emulator adds the dimensions of groups. */
export function startMeter({ machines, report, log }: MeterOptions): Repeated {
  const meters = new Map<string, Meter>();
  const measure = async () => {
    const present = machines();
    const ids = new Set(present.map(({ id }) => id));
    for (const id of meters.keys()) if (!ids.has(id)) meters.delete(id);
    const reports = await Promise.all(
      present.map(async (machine) => {
        const meter = meters.get(machine.id) ?? newMeter();
        meters.set(machine.id, meter);
        const usage = await usageOf(machine);
        return usage === undefined ? undefined : reportOf(machine, meter.take(machine, usage));
      }),
    );
    for (const each of reports) if (each !== undefined && each.data.length > 0) report(each);
  };
  return repeat(sampleSeconds * 1000, measure, (error) => {
    log(`Measuring the machines: ${messageOf(error)}`);
  });
}

/** Undefined when the machine has just powered off. */
async function usageOf({ cgroup, pid }: MeteredMachine): Promise<Usage | undefined> {
  try {
    return {
      at: Date.now(),
      cpuMicroseconds: cgroup.usageMicroseconds(),
      waitedMicroseconds: cgroup.waitedMicroseconds(),
      ...trafficIn(await readFile(`/proc/${String(pid)}/net/dev`, "utf8")),
    };
  } catch (error) {
    // ENODEV: a cgroup that is being removed; EINVAL: the network of a process that has just ended.
    if (["ENOENT", "ENODEV", "ESRCH", "EINVAL"].includes(codeOf(error) ?? "")) return undefined;
    throw error;
  }
}

/** The metrics of one machine that are due at each reading. */
export interface Meter {
  readonly take: (
    machine: Pick<MeteredMachine, "id" | "cores" | "detailed" | "checks">,
    usage: Usage,
  ) => readonly Datum[];
}

export function newMeter(): Meter {
  const last = new Map<"cpu" | "traffic" | "checks", Usage>();
  /** The reading before, once the period has passed since then. */
  const due = (name: "cpu" | "traffic" | "checks", seconds: number, usage: Usage): Usage | undefined => {
    const before = last.get(name);
    if (before !== undefined && usage.at - before.at < seconds * 1000) return undefined;
    last.set(name, usage);
    // A machine that was powered off and on counts from 0 again.
    return before !== undefined && before.cpuMicroseconds > usage.cpuMicroseconds ? undefined : before;
  };
  return {
    take: ({ id, cores, detailed, checks }, usage) => {
      const datum = (
        name: string,
        value: number,
        unit: string,
        storageResolution = minuteSeconds,
      ): Datum => ({
        name,
        dimensions: { InstanceId: id },
        value,
        unit,
        at: usage.at,
        storageResolution,
      });
      const ofCpu = due("cpu", detailed ? 0 : basicSeconds, usage);
      const ofTraffic = due("traffic", detailed ? minuteSeconds : basicSeconds, usage);
      const ofChecks = due("checks", minuteSeconds, usage);
      const failed = checks === "impaired" ? 1 : 0;
      return [
        ...(ofCpu === undefined
          ? []
          : [
              datum(
                "CPUUtilization",
                cpuPercent(ofCpu, usage, cores),
                "Percent",
                detailed ? 1 : minuteSeconds,
              ),
            ]),
        ...(ofTraffic === undefined
          ? []
          : [
              datum("NetworkIn", usage.receivedBytes - ofTraffic.receivedBytes, "Bytes"),
              datum("NetworkOut", usage.sentBytes - ofTraffic.sentBytes, "Bytes"),
            ]),
        ...(ofChecks === undefined
          ? []
          : [
              datum("StatusCheckFailed", failed, "Count"),
              datum("StatusCheckFailed_Instance", failed, "Count"),
              datum("StatusCheckFailed_System", 0, "Count"),
            ]),
      ];
    },
  };
}

function reportOf({ accountId, region }: MeteredMachine, data: readonly Datum[]): Metrics {
  return { kind: "metrics", accountId, region, namespace: "AWS/EC2", data };
}
