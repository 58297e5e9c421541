import { isRefused } from "../credentials/refused";
import { nameOf } from "./client";

/** Whether AWS allows an operation, by a dry run; `unknown` without a clear answer. */
export type Permission = "allowed" | "denied" | "unknown";

/**
 * The permission, from the error of a dry run. Other errors are about the request: an account without a default VPC
 * answers `VPCIdNotSpecified`, a limit or a missing server has its own code. None of these means "denied".
 * @throws the error itself when AWS refuses the credentials
 */
export function permissionOf(error: unknown): Permission {
  if (isRefused(error)) throw error;
  switch (nameOf(error)) {
    case "DryRunOperation":
      return "allowed";
    case "UnauthorizedOperation":
      return "denied";
    default:
      return "unknown";
  }
}

/** A dry run always ends in an error; its kind is the answer. */
export async function dryRun(call: Promise<unknown>): Promise<Permission> {
  try {
    await call;
    return "unknown";
  } catch (error) {
    return permissionOf(error);
  }
}
