import type { PolicyComplianceFramework } from "@pulumi/policy";

import { relatedRequirements, type RelatedRequirements } from "./securityHub";
import { topics, type Topic } from "./topics";

/** The same rule in other rule sets, by its identifiers there; empty where a set has none. */
export interface Counterparts {
  /** AWS Foundational Security Best Practices, e.g. `EC2.8`. */
  readonly fsbp: readonly string[];
  /** Checkov, e.g. `CKV_AWS_79`. */
  readonly checkov: readonly string[];
  /** cdk-nag, e.g. `AwsSolutions-EC26`. */
  readonly cdkNag: readonly string[];
}

/** What decides a rule's controls. */
export interface Classified {
  readonly counterparts: Counterparts;
  readonly topics: readonly Topic[];
}

/** A framework whose controls rules serve. */
export interface Framework {
  readonly title: string;
  readonly version: string;
  readonly url: string;
}

/** The frameworks, by the name that `--framework` takes, in the order in which pages list them. */
export const frameworks = {
  fsbp: {
    title: "AWS Foundational Security Best Practices",
    version: "1.0.0",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html",
  },
  cis: {
    title: "CIS AWS Foundations Benchmark",
    version: "5.0.0",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/cis-aws-foundations-benchmark.html",
  },
  nist80053: {
    title: "NIST SP 800-53",
    version: "Revision 5",
    url: "https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final",
  },
  pciDss: {
    title: "PCI DSS",
    version: "4.0.1",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/pci-standard.html",
  },
  iso27001: {
    title: "ISO/IEC 27001, Annex A",
    version: "2022",
    url: "https://www.iso.org/standard/27001",
  },
  checkov: {
    title: "Checkov",
    version: "3",
    url: "https://www.checkov.io/5.Policy%20Index/terraform.html",
  },
  cdkNag: {
    title: "cdk-nag, AwsSolutions",
    version: "3",
    url: "https://github.com/cdklabs/cdk-nag/blob/main/RULES.md",
  },
} as const satisfies Readonly<Record<string, Framework>>;

export type FrameworkName = keyof typeof frameworks;

export const frameworkNames: readonly FrameworkName[] = [
  "fsbp",
  "cis",
  "nist80053",
  "pciDss",
  "iso27001",
  "checkov",
  "cdkNag",
];

export function isFrameworkName(name: string): name is FrameworkName {
  return frameworkNames.some((each) => each === name);
}

/** The controls of every framework that a rule serves, without repetition, in the order of their numbers. */
export type Controls = Readonly<Record<FrameworkName, readonly string[]>>;

/** The controls of a rule: its counterparts, what Security Hub relates to them, and what its topics ask for. */
export function controlsOf({ counterparts, topics: own }: Classified): Controls {
  const related = counterparts.fsbp.map((id): RelatedRequirements => relatedRequirements[id] ?? {});
  const texts = own.map((topic) => topics[topic]);
  return {
    ...counterparts,
    cis: inOrder(related.flatMap(({ cis = [] }) => cis)),
    nist80053: inOrder([
      ...related.flatMap(({ nist80053 = [] }) => nist80053),
      ...texts.flatMap(({ nist80053 }) => nist80053),
    ]),
    pciDss: inOrder(related.flatMap(({ pciDss = [] }) => pciDss)),
    iso27001: inOrder(texts.flatMap(({ iso27001 }) => iso27001)),
  };
}

/** The policy SDK's tags of a rule: its topics, and every control as `<framework>:<control>`. */
export function tagsOf(rule: Classified): string[] {
  const controls = controlsOf(rule);
  return [...rule.topics, ...frameworkNames.flatMap((name) => controls[name].map((id) => `${name}:${id}`))];
}

/**
 * The policy SDK's framework of a rule. The SDK has one for each rule: the first in {@link frameworkNames} that has a
 * control for it; {@link tagsOf} has all. Undefined for a rule that no framework asks for.
 */
export function frameworkOf(rule: Classified): PolicyComplianceFramework | undefined {
  const controls = controlsOf(rule);
  const name = frameworkNames.find((each) => controls[each].length > 0);
  if (name === undefined) return undefined;
  const { title, version, url } = frameworks[name];
  return { name: title, version, reference: controls[name].join(", "), specification: url };
}

const collator = new Intl.Collator("en", { numeric: true });

function inOrder(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].sort(collator.compare);
}
