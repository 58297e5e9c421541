import { awsClients, type AwsTarget } from "../../local/providers/aws/clients";

/** What a lab account has from the start. */
const role = "LabRole";
const instanceProfile = "LabInstanceProfile";
const keyPair = { name: "vockey", region: "us-east-1" };

const services = ["ec2", "lambda", "autoscaling", "events", "scheduler", "ssm", "rds"];
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: services.map((name) => `${name}.amazonaws.com`) },
      Action: "sts:AssumeRole",
    },
  ],
});

/** Makes an account of the emulator's look like a lab's, through AWS's own API; what is there already stays. */
export async function furnishLab(target: AwsTarget): Promise<void> {
  await Promise.all([furnishIam(target), furnishKeyPair(target)]);
}

async function furnishIam(target: AwsTarget): Promise<void> {
  const iam = await awsClients(target).iam();
  await unless(
    "EntityAlreadyExistsException",
    iam.createRole({ RoleName: role, AssumeRolePolicyDocument: trust }),
  );
  await unless(
    "EntityAlreadyExistsException",
    iam.createInstanceProfile({ InstanceProfileName: instanceProfile }),
  );
  await unless(
    "LimitExceededException",
    iam.addRoleToInstanceProfile({ InstanceProfileName: instanceProfile, RoleName: role }),
  );
}

async function furnishKeyPair(target: AwsTarget): Promise<void> {
  const ec2 = await awsClients({ ...target, region: keyPair.region }).ec2();
  await unless("InvalidKeyPair.Duplicate", ec2.createKeyPair({ KeyName: keyPair.name }));
}

/** Takes that away again, so that nothing at all is left of a student who is down. */
export async function unfurnishLab(target: AwsTarget): Promise<void> {
  const iam = await awsClients(target).iam();
  const ec2 = await awsClients({ ...target, region: keyPair.region }).ec2();
  await unless(
    "NoSuchEntityException",
    iam.removeRoleFromInstanceProfile({ InstanceProfileName: instanceProfile, RoleName: role }),
  );
  await Promise.all([
    unless("NoSuchEntityException", iam.deleteInstanceProfile({ InstanceProfileName: instanceProfile })),
    unless("NoSuchEntityException", iam.deleteRole({ RoleName: role })),
    unless("InvalidKeyPair.NotFound", ec2.deleteKeyPair({ KeyName: keyPair.name })),
  ]);
}

/** Does it, and takes this one answer for done. */
async function unless(answer: string, call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== answer) throw error;
  }
}
