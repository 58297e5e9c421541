import { balancers } from "./balancers";
import { databases } from "./databases";
import { functions } from "./functions";
import { network } from "./network";
import type { OmittedControls } from "./omittedControls";
import { others } from "./others";
import { permissions } from "./permissions";
import { servers } from "./servers";
import { storage } from "./storage";

/**
 * Sources: the controls of AWS Foundational Security Best Practices v1.0.0, Checkov 3.3 (its Terraform checks), and
 * RULES.md of cdk-nag 3.0 (AwsSolutions).
 */
export const omittedControls: readonly OmittedControls[] = [
  ...servers,
  ...network,
  ...balancers,
  ...databases,
  ...functions,
  ...permissions,
  ...storage,
  ...others,
];
