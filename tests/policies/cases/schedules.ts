import type { PolicyCases } from "./case";

export const schedules: PolicyCases = {};
