import "../../../policies/guardrails/pack";
