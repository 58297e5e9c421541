import { z } from "zod";

/** What can be done with one student's stack by the engine. */
export const operations = ["plan", "up", "pause", "resume", "down"] as const;
export type Operation = (typeof operations)[number];

const credentials = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("profile"), profile: z.string() }),
  z.object({ kind: z.literal("role"), roleArn: z.string() }),
  z.object({ kind: z.literal("environmentFile"), path: z.string() }),
]);

/** Work on one student's stack, as a worker process is given it. No credentials: only where they are. */
export const taskSchema = z.object({
  operation: z.enum(operations),
  id: z.string(),
  region: z.string(),
  /** Settings as in a stack's file. */
  config: z.record(z.string(), z.unknown()),
  /** The student's own folder. */
  folder: z.string(),
  /** Everything that local runs make; Pulumi's home of the emulator's stacks is in it. */
  localFolder: z.string(),
  place: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("local"),
      accountId: z.string(),
      emulator: z.object({ endpoint: z.string(), pid: z.number(), bootId: z.string() }),
    }),
    z.object({
      kind: z.literal("aws"),
      accountId: z.string().optional(),
      credentials: credentials.optional(),
    }),
  ]),
});
export type Task = z.output<typeof taskSchema>;

/** Something that is still there although the stack is down. */
const leftoverSchema = z.object({
  what: z.string(),
  /** US dollars an hour; undefined when it costs nothing, or nobody knows. */
  dollarsPerHour: z.number().optional(),
});
export type Leftover = z.output<typeof leftoverSchema>;

/** What the work on one stack came to: as much as came to be known. */
export const reportSchema = z.object({
  accountId: z.string().optional(),
  /** When the credentials end, where that is known; ISO 8601. */
  credentialsExpireAt: z.iso.datetime().optional(),
  resources: z.number().optional(),
  /** How many resources each kind of change befell, or would. */
  changes: z.record(z.string(), z.number()).optional(),
  policies: z.object({ passed: z.number(), violated: z.number() }).optional(),
  /** What the program returned; secrets as `[secret]`. */
  outputs: z.record(z.string(), z.unknown()).optional(),
  left: z.array(leftoverSchema).optional(),
  /** What the student or the instructor should know besides. */
  notes: z.array(z.string()).optional(),
});
export type Report = z.output<typeof reportSchema>;

/** What a worker process tells. */
export const messageSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("step"), text: z.string() }),
  z.object({ kind: z.literal("done"), report: reportSchema }),
  z.object({ kind: z.literal("failed"), reason: z.string(), remedy: z.string(), report: reportSchema }),
]);
export type Message = z.output<typeof messageSchema>;
