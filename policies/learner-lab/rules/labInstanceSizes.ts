import type { Finding } from "../../support/finding";
import { on, onAny, resourceRule } from "../../support/rule";
import { strings, type ValuesOf } from "../../support/settings";
import { judgeAll } from "../../support/unknown";
import { instanceTypesOf, instanceTypeTypes } from "../../support/views/servers/instanceTypes";
import { launcherOf } from "../launcher";
import { fromTheLab } from "../source";

const settings = {
  sizes: strings({
    default: ["nano", "micro", "small", "medium", "large"],
    description: "The allowed sizes of instances",
    of: "the part of the instance type after the dot",
  }),
};

type Values = ValuesOf<typeof settings>;

/**
 * Also checks what the scheduled launcher launches: those instances are in no stack. A template without an instance type
 * starts m1.small, unless what uses it sets another, which is checked there.
 */
export const labInstanceSizes = resourceRule(
  {
    name: "lab-instance-sizes",
    displayName: "Instance sizes of the lab",
    description: "Instances have a size that the lab allows, nano to large, whatever starts them.",
    why: "The lab denies the launch of larger instances; an Auto Scaling group then retries for ever.",
    severity: "high",
    topics: ["account-limits"],
    fix: "Use a smaller instance type, e.g. t3.micro.",
    ...fromTheLab,
    settings,
  },
  [
    onAny(instanceTypeTypes, (resource, values: Values) =>
      judgeAll(instanceTypesOf(resource), ({ at, value }) => judge(at, value, values)),
    ),
    on("aws:lambda/function:Function", (_props, values: Values, lambda) => {
      const launcher = launcherOf(lambda);
      const at = "environment.variables.INSTANCE_TYPE";
      return launcher === undefined ? [] : judge(at, launcher.instanceType, values);
    }),
  ],
);

function* judge(at: string, instanceType: string | undefined, { sizes }: Values): Iterable<Finding> {
  const size = instanceType?.split(".")[1];
  if (size === undefined || !sizes.includes(size)) {
    yield { at, value: instanceType, allowed: `a size of ${sizes.join(", ")}` };
  }
}
