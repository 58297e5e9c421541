import type { PolicyCases } from "./case";

export const ingress: PolicyCases = {};
