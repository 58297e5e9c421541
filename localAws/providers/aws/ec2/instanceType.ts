import type { _InstanceType } from "@aws-sdk/client-ec2";

import { choice } from "../choice";

/** The size of a server, as one of those that the SDK knows. */
export async function instanceTypeOf(given: string | undefined): Promise<_InstanceType | undefined> {
  const { _InstanceType } = await import("@aws-sdk/client-ec2");
  return choice("instanceType", Object.values(_InstanceType), given);
}
