import type { IAMClient } from '@aws-sdk/client-iam';

import { FailedError } from '../../errors.js';
import { keysFrom, sdkCredentials, type Keys } from './keys.js';

/** Who acts in an account: the reconcile loop, the person who repairs, and the one who reviews. */
export const ROLES = ['terraform', 'operator', 'reviewer'] as const;

export type IdentityName = (typeof ROLES)[number];

/** An IAM user with an access key. */
export interface Identity {
  readonly name: IdentityName;
  /** What `sts:GetCallerIdentity` says of it. */
  readonly arn: string;
  readonly keys: Keys;
}

export type Identities = Readonly<Record<IdentityName, Identity>>;

/** IAM is in no region; this is where it is signed for. */
const REGION = 'us-east-1';

const EVERYTHING = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});

/**
 * Makes the IAM users of an account, who may do everything in it, and checks that each is who it should be.
 *
 * @param endpoint an AWS API server that does not check signatures yet
 * @param uid the account
 */
export async function createIdentities(endpoint: string, uid: string): Promise<Identities> {
  const { IAMClient } = await import('@aws-sdk/client-iam');
  const credentials = sdkCredentials(await enterAccount(endpoint, uid));
  const iam = new IAMClient({ endpoint, region: REGION, credentials });
  try {
    const [terraform, operator, reviewer] = await Promise.all([
      createIdentity(endpoint, uid, 'terraform', iam),
      createIdentity(endpoint, uid, 'operator', iam),
      createIdentity(endpoint, uid, 'reviewer', iam),
    ]);
    return { terraform, operator, reviewer };
  } finally {
    iam.destroy();
  }
}

/** In moto any role of any account can be assumed, existing or not, which is how an account comes into being. */
async function enterAccount(endpoint: string, uid: string): Promise<Keys> {
  const { AssumeRoleCommand, STSClient } = await import('@aws-sdk/client-sts');
  const anybody = { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' };
  const sts = new STSClient({ endpoint, region: REGION, credentials: anybody });
  try {
    const RoleArn = `arn:aws:iam::${uid}:role/sandbox`;
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'sandbox' }));
    return keysFrom(Credentials);
  } finally {
    sts.destroy();
  }
}

async function createIdentity(
  endpoint: string,
  uid: string,
  name: IdentityName,
  iam: IAMClient,
): Promise<Identity> {
  const { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } =
    await import('@aws-sdk/client-iam');
  const UserName = name;
  await iam.send(new CreateUserCommand({ UserName }));
  const policy = { UserName, PolicyName: 'everything', PolicyDocument: EVERYTHING };
  await iam.send(new PutUserPolicyCommand(policy));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  const keys = keysFrom(AccessKey);
  const arn = await callerArn(endpoint, keys);
  const expected = `arn:aws:iam::${uid}:user/${name}`;
  if (arn === expected) return { name, arn, keys };
  throw new FailedError(
    'SandboxIdentity',
    `the AWS API server takes the key of ${expected} for one of ${arn}`,
  );
}

/** What `sts:GetCallerIdentity` says of an access key. */
export async function callerArn(endpoint: string, keys: Keys): Promise<string> {
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
  const sts = new STSClient({ endpoint, region: REGION, credentials: sdkCredentials(keys) });
  try {
    const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
    return Arn ?? 'nobody';
  } finally {
    sts.destroy();
  }
}
