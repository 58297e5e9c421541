import type { Pack } from "../support/pack";
import { rules } from "./rules";

export const guardrails: Pack = {
  name: "guardrails",
  displayName: "Guardrails",
  description: "Rules for every stack of the WordPress program.",
  rules,
};

export default guardrails;
