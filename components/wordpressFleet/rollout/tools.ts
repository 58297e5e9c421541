import type { Tools } from "../goldenImage/ec2";
import type { RolloutInputs } from "./inputs";
import type { RolloutClients } from "./view";

/** What every step of a rollout uses. */
export interface RolloutTools extends Pick<Tools, "progress" | "pause"> {
  readonly clients: RolloutClients;
}

/** The inputs that a rollout needs. */
export type RolloutOrder = Omit<RolloutInputs, "region" | "profile" | "capacity">;
