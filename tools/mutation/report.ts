import { z } from "zod";

/** A place in a source file; lines and columns start at 1. */
const positionSchema = z.object({ line: z.int(), column: z.int() });

const mutantSchema = z.object({
  status: z.string(),
  mutatorName: z.string(),
  /** The code in the mutant's place; Stryker gives it for every mutant. */
  replacement: z.string(),
  location: z.object({ start: positionSchema, end: positionSchema }),
});

/** The used part of Stryker's JSON report. */
export const reportSchema = z.object({
  files: z.record(z.string(), z.object({ source: z.string(), mutants: z.array(mutantSchema) })),
});

export type MutationReport = z.output<typeof reportSchema>;
export type Mutant = z.output<typeof mutantSchema>;
