import type { Pack } from "../support/pack";
import { rules } from "./rules";

export const learnerLab: Pack = {
  name: "learner-lab",
  displayName: "Learner Lab",
  description: "Rules for a stack in an AWS Academy Learner Lab account.",
  rules,
};

export default learnerLab;
