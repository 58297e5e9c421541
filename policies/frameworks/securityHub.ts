/** The requirements of other frameworks that one control of Security Hub covers. */
export interface RelatedRequirements {
  /** CIS AWS Foundations Benchmark v5.0.0. */
  readonly cis?: readonly string[];
  /** NIST SP 800-53 revision 5. */
  readonly nist80053?: readonly string[];
  /** PCI DSS v4.0.1. */
  readonly pciDss?: readonly string[];
}

const publicAccess = [
  "AC-21",
  "AC-3",
  "AC-3(7)",
  "AC-4",
  "AC-4(21)",
  "AC-6",
  "SC-7",
  "SC-7(11)",
  "SC-7(16)",
  "SC-7(20)",
  "SC-7(21)",
  "SC-7(3)",
  "SC-7(4)",
  "SC-7(9)",
] as const;
const encryptionAtRest = ["CA-9(1)", "CM-3(6)", "SC-13", "SC-28", "SC-28(1)", "SC-7(10)", "SI-7(6)"] as const;
const encryptionInTransit = [
  "AC-17(2)",
  "AC-4",
  "IA-5(1)",
  "SC-12(3)",
  "SC-13",
  "SC-23",
  "SC-23(3)",
  "SC-7(4)",
  "SC-8",
  "SC-8(1)",
  "SC-8(2)",
  "SI-7(6)",
] as const;
const severalZones = ["CP-10", "CP-6(2)", "SC-36", "SC-5(2)", "SI-13(5)"] as const;
const backups = ["CP-10", "CP-6", "CP-6(1)", "CP-6(2)", "CP-9", "SC-5(2)", "SI-12", "SI-13(5)"] as const;
const securityGroups = [
  "AC-4",
  "AC-4(21)",
  "SC-7",
  "SC-7(11)",
  "SC-7(16)",
  "SC-7(21)",
  "SC-7(4)",
  "SC-7(5)",
] as const;
const fullAccess = [
  "AC-2",
  "AC-2(1)",
  "AC-3",
  "AC-3(15)",
  "AC-3(7)",
  "AC-5",
  "AC-6",
  "AC-6(10)",
  "AC-6(2)",
  "AC-6(3)",
] as const;
const imdsv2 = ["AC-3", "AC-3(15)", "AC-3(7)", "AC-6"] as const;

/**
 * "Related requirements" of the controls that rules name, from the Security Hub user guide, by the control's identifier. A
 * control that is not here has none there.
 *
 * Source: https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-controls-reference.html
 */
export const relatedRequirements: Readonly<Record<string, RelatedRequirements>> = {
  "AutoScaling.1": { nist80053: ["CA-7", "CP-2(2)", "SI-2"] },
  "AutoScaling.2": { nist80053: ["CP-10", "CP-2(2)", "CP-6(2)", "SC-36", "SC-5(2)", "SI-13(5)"] },
  "AutoScaling.3": { nist80053: [...imdsv2, "CA-9(1)", "CM-2"], pciDss: ["2.2.6"] },
  "AutoScaling.5": { nist80053: publicAccess, pciDss: ["1.4.4"] },
  "CodeBuild.2": { nist80053: ["IA-5(7)", "SA-3"] },
  "DMS.1": { nist80053: publicAccess, pciDss: ["1.4.4"] },
  "DocumentDB.1": { nist80053: encryptionAtRest },
  "EC2.1": { nist80053: publicAccess },
  "EC2.3": { nist80053: encryptionAtRest },
  "EC2.8": { cis: ["5.7"], nist80053: imdsv2, pciDss: ["2.2.6"] },
  "EC2.9": { nist80053: publicAccess },
  "EC2.13": {
    nist80053: ["AC-4", "AC-4(21)", "CM-7", "SC-7", "SC-7(11)", "SC-7(16)", "SC-7(21)", "SC-7(4)", "SC-7(5)"],
    pciDss: ["1.3.1"],
  },
  "EC2.14": { pciDss: ["1.3.1"] },
  "EC2.15": { nist80053: publicAccess, pciDss: ["1.4.4"] },
  "EC2.18": { nist80053: securityGroups },
  "EC2.19": {
    nist80053: [
      "AC-4",
      "AC-4(21)",
      "CA-9(1)",
      "CM-2",
      "CM-2(2)",
      "CM-7",
      "SC-7",
      "SC-7(11)",
      "SC-7(16)",
      "SC-7(21)",
      "SC-7(4)",
      "SC-7(5)",
    ],
  },
  "EC2.25": { nist80053: publicAccess, pciDss: ["1.4.4"] },
  "EC2.53": { cis: ["5.3"], pciDss: ["1.3.1"] },
  "EC2.54": { cis: ["5.4"], pciDss: ["1.3.1"] },
  "ECS.2": { nist80053: publicAccess, pciDss: ["1.4.4"] },
  "ECS.8": { nist80053: ["CA-9(1)", "CM-2"], pciDss: ["8.6.2"] },
  "EFS.1": { cis: ["2.3.1"], nist80053: encryptionAtRest },
  "EFS.2": { nist80053: backups },
  "EFS.8": { cis: ["2.3.1"] },
  "ELB.1": { nist80053: encryptionInTransit },
  "ELB.3": { nist80053: encryptionInTransit, pciDss: ["4.2.1"] },
  "ELB.6": { nist80053: ["CA-9(1)", "CM-2", "CM-2(2)", "CM-3", "SC-5(2)"] },
  "ELB.8": { nist80053: encryptionInTransit, pciDss: ["4.2.1"] },
  "ELB.10": { nist80053: severalZones },
  "ELB.13": { nist80053: severalZones },
  "ELB.17": { nist80053: encryptionInTransit },
  "IAM.1": { nist80053: fullAccess },
  "IAM.21": { nist80053: fullAccess },
  "Lambda.1": { nist80053: publicAccess, pciDss: ["7.2.1"] },
  "Lambda.2": { nist80053: ["CA-9(1)", "CM-2", "SI-2", "SI-2(2)", "SI-2(4)", "SI-2(5)"], pciDss: ["12.3.4"] },
  "Neptune.1": { nist80053: encryptionAtRest },
  "Neptune.4": { nist80053: ["CA-9(1)", "CM-2", "CM-2(2)", "CM-3", "SC-5(2)"] },
  "Neptune.5": { nist80053: ["SI-12"] },
  "Neptune.9": { nist80053: severalZones },
  "RDS.1": { nist80053: publicAccess },
  "RDS.2": { cis: ["2.2.3"], nist80053: securityGroups, pciDss: ["1.4.4"] },
  "RDS.3": { cis: ["2.2.1"], nist80053: encryptionAtRest },
  "RDS.5": { cis: ["2.2.4"], nist80053: severalZones },
  "RDS.7": { nist80053: ["CM-3", "SC-5(2)"] },
  "RDS.8": { nist80053: ["CM-3", "SC-5(2)", "SI-13(5)"] },
  "RDS.11": { nist80053: backups },
  "RDS.15": { cis: ["2.2.4"], nist80053: severalZones },
  "RDS.27": { nist80053: encryptionAtRest },
  "Redshift.1": { nist80053: publicAccess },
  "Redshift.3": {
    nist80053: ["CP-10", "CP-6", "CP-6(1)", "CP-6(2)", "CP-9", "SC-5(2)", "SC-7(10)", "SI-13(5)"],
  },
  "S3.1": { cis: ["2.1.4"], nist80053: publicAccess },
  "S3.2": { nist80053: publicAccess },
  "S3.3": { nist80053: publicAccess },
  "S3.8": { cis: ["2.1.4"], nist80053: publicAccess, pciDss: ["1.4.4"] },
  "WAF.11": {
    nist80053: [
      "AC-4(26)",
      "AU-10",
      "AU-12",
      "AU-2",
      "AU-3",
      "AU-6(3)",
      "AU-6(4)",
      "CA-7",
      "SC-7(10)",
      "SC-7(9)",
      "SI-7(8)",
    ],
    pciDss: ["10.4.2"],
  },
};
