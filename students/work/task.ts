import { z } from "zod";

/** The engine's operations on one student's stack. */
export const operations = [
  "plan",
  "up",
  "pause",
  "resume",
  "down",
  // Writes a lost state again from what the account has.
  "adopt",
  // Judge by the rules what up would create, or what the account has now.
  "judge-preview",
  "judge-account",
] as const;
export type Operation = (typeof operations)[number];

/** The operations that change nothing. */
export const readingOperations: ReadonlySet<Operation> = new Set(["plan", "judge-preview", "judge-account"]);

const credentials = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("profile"), profile: z.string() }),
  z.object({ kind: z.literal("role"), roleArn: z.string() }),
  z.object({ kind: z.literal("environmentFile"), path: z.string() }),
]);

/** A worker's task for one student's stack. It has no credentials, only their source. */
export const taskSchema = z.object({
  operation: z.enum(operations),
  id: z.string(),
  region: z.string(),
  /** Settings as in a stack's file. */
  config: z.record(z.string(), z.unknown()),
  /** The class's name. */
  className: z.string(),
  /** The student's own folder. */
  folder: z.string(),
  /** The folder of all files of local runs, Pulumi's home included. */
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

/** A resource that remains after `down`. */
const leftoverSchema = z.object({
  what: z.string(),
  /** US dollars an hour; undefined when it is free, or the price is unknown. */
  dollarsPerHour: z.number().optional(),
});
export type Leftover = z.output<typeof leftoverSchema>;

/** What the rules reported about a stack, as `policies/report` takes it. */
const judgedSchema = z.object({
  events: z.array(
    z.object({
      pack: z.string(),
      rule: z.string(),
      resourceUrn: z.string().optional(),
      message: z.string(),
      enforcementLevel: z.string(),
      exception: z
        .object({
          reason: z.string(),
          until: z.string().optional(),
          owner: z.string().optional(),
          id: z.string().optional(),
        })
        .optional(),
    }),
  ),
  finished: z.boolean(),
  failure: z.string().optional(),
  drift: z
    .array(z.object({ urn: z.string(), gone: z.boolean(), properties: z.array(z.string()) }))
    .optional(),
  /** The lines of the program that create the resources of the events, by URN. */
  lines: z.record(z.string(), z.object({ file: z.string(), line: z.number() })),
});
export type Judged = z.output<typeof judgedSchema>;

/** The known results of the work on one stack. */
export const reportSchema = z.object({
  accountId: z.string().optional(),
  /** When the credentials expire, if known; ISO 8601. */
  credentialsExpireAt: z.iso.datetime().optional(),
  /** The file with everything that the engine printed. */
  log: z.string().optional(),
  resources: z.number().optional(),
  /** The address range of an adopted stack's VPC. */
  cidrBlock: z.string().optional(),
  /** How many resources each kind of change affected, or would affect. */
  changes: z.record(z.string(), z.number()).optional(),
  policies: z.object({ passed: z.number(), violated: z.number() }).optional(),
  /** The program's outputs; secrets as `[secret]`. */
  outputs: z.record(z.string(), z.unknown()).optional(),
  left: z.array(leftoverSchema).optional(),
  judged: judgedSchema.optional(),
  /** Notes for the student or the instructor. */
  notes: z.array(z.string()).optional(),
});
export type Report = z.output<typeof reportSchema>;

/** A worker's messages. */
export const messageSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("step"), text: z.string() }),
  z.object({ kind: z.literal("done"), report: reportSchema }),
  z.object({ kind: z.literal("failed"), reason: z.string(), remedy: z.string(), report: reportSchema }),
]);
export type Message = z.output<typeof messageSchema>;
