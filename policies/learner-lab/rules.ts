import type { Rule } from "../support/rule";
import { labConcurrency } from "./rules/labConcurrency";
import { labConcurrencyTotal } from "./rules/labConcurrencyTotal";
import { labDatabase } from "./rules/labDatabase";
import { labInstanceSizes } from "./rules/labInstanceSizes";
import { labKeyPair } from "./rules/labKeyPair";
import { labOnDemandOnly } from "./rules/labOnDemandOnly";
import { labRegions } from "./rules/labRegions";
import { labRoleOnly } from "./rules/labRoleOnly";
import { labServerCount } from "./rules/labServerCount";
import { labServices } from "./rules/labServices";
import { labVolumes } from "./rules/labVolumes";
import { noIamCreation } from "./rules/noIamCreation";

/** Rules for a stack in an AWS Academy Learner Lab account. */
export const rules: readonly Rule[] = [
  noIamCreation,
  labRoleOnly,
  labRegions,
  labKeyPair,
  labServerCount,
  labInstanceSizes,
  labOnDemandOnly,
  labVolumes,
  labDatabase,
  labConcurrency,
  labConcurrencyTotal,
  labServices,
];
