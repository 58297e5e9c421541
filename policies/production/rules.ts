import type { Rule } from "../support/rule";
import { scaleInProtection } from "./rules/scaleInProtection";

/** What holds besides for a site that people rely on. */
export const rules: readonly Rule[] = [scaleInProtection];
