import { randomBytes } from "node:crypto";

import { z } from "../../cli/json";

export const keySchema = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() });

/** The key of a student to the class's emulator, in AWS's form. */
export type StudentKey = z.output<typeof keySchema>;

const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/** 80 random bits, as text of AWS's length. */
const idCharacters = 16;
/** 240 random bits: 40 characters of base64. */
const secretBytes = 30;

export function newKey(): StudentKey {
  const characters = [...randomBytes(idCharacters)].map((byte) => base32.charAt(byte % base32.length));
  return {
    accessKeyId: `AKIA${characters.join("")}`,
    secretAccessKey: randomBytes(secretBytes).toString("base64"),
  };
}
