import type { PolicyCases } from "./case";

export const functions: PolicyCases = {};
