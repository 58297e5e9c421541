import type { _InstanceType } from "@aws-sdk/client-ec2";

import { choice } from "../choice";

/** An instance type of the SDK's list. */
export async function instanceTypeOf(given: string | undefined): Promise<_InstanceType | undefined> {
  const { _InstanceType } = await import("@aws-sdk/client-ec2");
  return choice("instanceType", Object.values(_InstanceType), given);
}
