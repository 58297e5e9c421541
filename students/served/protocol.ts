import { z } from "../../cli/json";
import { pagePrefix } from "../../localAws/gateway";

/** What a student's programs ask the class's gateway about the emulator's internet: POST with JSON. */
export const paths = {
  resolve: `${pagePrefix}resolve`,
  visit: `${pagePrefix}visit`,
  /** GET without a signature: the authority of the gateway's certificate, in PEM. */
  authority: `${pagePrefix}authority.pem`,
} as const;

/** AWS has no service of this name. */
export const signingService = "class";

const textSchema = z.object({ en: z.string(), ko: z.string() });

export const resolveRequest = z.object({ name: z.string().max(255) });
export const resolveAnswer = z.object({ addresses: z.array(z.string()) });

export const visitRequest = z.object({
  url: z.url({ protocol: /^https?$/ }).max(4_096),
  at: z.string().max(255).optional(),
});
export const visitAnswer = z.union([
  z.object({
    status: z.int(),
    location: z.string().optional(),
    untrusted: z.string().optional(),
  }),
  /** The emulator's internet cannot be seen. */
  z.object({ reason: textSchema, next: textSchema }),
  /** Nothing answers. */
  z.object({ problem: z.string() }),
]);
