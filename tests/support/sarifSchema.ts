import Ajv from "ajv";
import { readFileSync } from "node:fs";
import { z } from "zod";

/** Reads a JSON file of a package. */
const jsonOf = (file: string) =>
  z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(require.resolve(file), "utf8")));

/** Validates SARIF with OASIS's schema. */
const validate = new Ajv({ schemaId: "auto" })
  .addMetaSchema(jsonOf("ajv/lib/refs/json-schema-draft-04.json"))
  .compile(jsonOf("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"));

/** What OASIS's schema finds wrong with SARIF. */
export function sarifProblems(sarif: unknown): readonly unknown[] {
  validate(sarif);
  return validate.errors ?? [];
}
