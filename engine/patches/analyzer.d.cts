import type { PolicyPackConfig } from "@pulumi/policy";

import type { Rule } from "../../policies/support/rule";

export interface Analyzer {
  readonly port: number;
  readonly stop: () => void;
}

export declare function serveAnalyzer(pack: {
  readonly name: string;
  readonly version: string;
  readonly policies: readonly Rule[];
  readonly initialConfig: PolicyPackConfig;
}): Promise<Analyzer>;
