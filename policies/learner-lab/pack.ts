import type { Pack } from "../support/pack";
import { rules } from "./rules";

export const learnerLab: Pack = {
  name: "learner-lab",
  displayName: "Learner Lab",
  description: "What an AWS Academy Learner Lab account lets a student do.",
  rules,
};

export default learnerLab;
