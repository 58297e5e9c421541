import type { PolicyCases } from "./case";

export const balancers: PolicyCases = {};
