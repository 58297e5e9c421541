import type { Rule } from "../support/rule";
import { alarmsPresent } from "./rules/alarmsPresent";
import { databaseBackups } from "./rules/databaseBackups";
import { databaseDeletionProtection } from "./rules/databaseDeletionProtection";
import { databaseFinalSnapshot } from "./rules/databaseFinalSnapshot";
import { databaseMultiAz } from "./rules/databaseMultiAz";
import { fileSystemBackups } from "./rules/fileSystemBackups";
import { httpRedirects } from "./rules/httpRedirects";
import { httpsListener } from "./rules/httpsListener";
import { loadBalancerDeletionProtection } from "./rules/loadBalancerDeletionProtection";
import { minimumServers } from "./rules/minimumServers";
import { pulumiProtect } from "./rules/pulumiProtect";
import { scaleInProtection } from "./rules/scaleInProtection";
import { tlsPolicy } from "./rules/tlsPolicy";
import { wayOutInEachZone } from "./rules/wayOutInEachZone";
import { webAclLogging } from "./rules/webAclLogging";

/** Additional rules for a production site. */
export const rules: readonly Rule[] = [
  scaleInProtection,
  minimumServers,
  wayOutInEachZone,
  databaseMultiAz,
  databaseDeletionProtection,
  databaseBackups,
  databaseFinalSnapshot,
  fileSystemBackups,
  httpsListener,
  httpRedirects,
  tlsPolicy,
  webAclLogging,
  loadBalancerDeletionProtection,
  pulumiProtect,
  alarmsPresent,
];
