import { z } from "../../../../cli/json";

/** What a button of the page asks for. */
export const actionSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.enum(["load", "unload", "cutPower", "end"]),
    serverId: z.string().regex(/^i-[0-9a-f]+$/),
  }),
  z.object({ kind: z.enum(["cutDatabase", "restoreDatabase", "pause", "resume"]) }),
]);

export type Action = z.output<typeof actionSchema>;

/** Does what a button asks for; only the live region of this machine has it. */
export interface Actions {
  /**
   * @returns a sentence about what was done
   * @throws Error when it is refused
   */
  readonly perform: (action: Action) => Promise<string>;
}
