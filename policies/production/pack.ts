import type { Pack } from "../support/pack";
import { rules } from "./rules";

export const production: Pack = {
  name: "production",
  displayName: "Production",
  description: "What holds besides for a site that people rely on.",
  rules,
};

export default production;
