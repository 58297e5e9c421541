import { type CidrBlock, parseCidrBlock } from "../components/network/cidr";

/** Every student's VPC gets a block of this size, in bits: 4,096 of them fit into 10.0.0.0/8. */
export const studentPrefixLength = 20;

/**
 * Assigns a free address range to each student without one, in the roster's order. No two ranges overlap, so that the
 * networks can be connected later. Students keep their ranges when the roster changes.
 * @param taken the ranges that students have, by id; students who left the roster keep theirs too.
 * @throws RangeError when 10.0.0.0/8 is used up.
 */
export function allocateCidrBlocks(
  ids: readonly string[],
  taken: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const used = [...taken.values()].flatMap((block) => parseCidrBlock(block) ?? []);
  const free = freeBlocks(used);
  return new Map(
    ids.map((id) => {
      const block = taken.get(id) ?? free.next().value;
      if (block === undefined) throw new RangeError("10.0.0.0/8 has no room for another student");
      return [id, block];
    }),
  );
}

function* freeBlocks(used: readonly CidrBlock[]): Generator<string, undefined> {
  const size = 2 ** (32 - studentPrefixLength);
  for (let second = 0; second < 256; second += 1) {
    for (let third = 0; third < 256; third += size / 256) {
      const block = {
        firstAddress: ((10 * 256 + second) * 256 + third) * 256,
        prefixLength: studentPrefixLength,
      };
      if (!used.some((other) => overlap(block, other))) {
        yield `10.${String(second)}.${String(third)}.0/${String(studentPrefixLength)}`;
      }
    }
  }
  return undefined;
}

/** Whether two blocks share an address. */
export function overlap(a: CidrBlock, b: CidrBlock): boolean {
  const size = 2 ** (32 - Math.min(a.prefixLength, b.prefixLength));
  return Math.floor(a.firstAddress / size) === Math.floor(b.firstAddress / size);
}
