import type { PolicyCases } from "./case";

export const network: PolicyCases = {};
