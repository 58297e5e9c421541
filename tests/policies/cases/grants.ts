import type { PolicyCases } from "./case";

export const grants: PolicyCases = {};
