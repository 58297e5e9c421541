import type { Pack } from "../support/pack";
import { rules } from "./rules";

export const guardrails: Pack = {
  name: "guardrails",
  displayName: "Guardrails",
  description: "What holds for every stack of the WordPress program.",
  rules,
};

export default guardrails;
