import type { Pack } from "../support/pack";
import { rules } from "./rules";

export const production: Pack = {
  name: "production",
  displayName: "Production",
  description: "Additional rules for a production site on AWS.",
  rules,
};

export default production;
