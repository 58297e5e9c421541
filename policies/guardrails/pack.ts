import type { Pack } from "../support/pack";
import { rules } from "./rules";

export const guardrails: Pack = {
  name: "guardrails",
  displayName: "Guardrails",
  description:
    "Rules for every AWS stack: nothing public by mistake, encryption, least privilege, several zones.",
  rules,
};

export default guardrails;
