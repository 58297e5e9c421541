import type { PolicyCases } from "./case";

export const servers: PolicyCases = {};
