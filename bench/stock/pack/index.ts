import { PolicyPack } from "@pulumi/policy";

import { guardrails } from "../../../policies/guardrails/pack";

const { name, displayName, description, rules } = guardrails;
new PolicyPack(name, { displayName, description, policies: [...rules] });
