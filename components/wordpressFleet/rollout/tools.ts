import type { Tools } from "../goldenImage/ec2";
import type { RolloutInputs } from "./inputs";
import type { RolloutClients } from "./view";

/** What every step of a rollout works with. */
export interface RolloutTools extends Pick<Tools, "tell" | "pause"> {
  readonly clients: RolloutClients;
}

/** What a rollout is about. */
export type RolloutOrder = Omit<RolloutInputs, "region" | "profile" | "capacity">;
