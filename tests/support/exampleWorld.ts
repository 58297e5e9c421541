import { type World, worldSchema } from "../../localAws/live/world";
import recorded from "./world.json";

/** The world of a recorded stack `local`: two servers in two zones, a load balancer, a database, a file system. */
export function exampleWorld(): World {
  return worldSchema.parse(structuredClone(recorded));
}
