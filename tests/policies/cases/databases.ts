import type { PolicyCases } from "./case";

export const databases: PolicyCases = {};
