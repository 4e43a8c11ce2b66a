import * as v from 'valibot';

import { FailedError } from '../../../errors.js';
import { isJsonObject, type JsonObject } from '../../../json.js';
import { field } from '../../model/define-provider.js';
import type { BlockHandle } from '../../model/document.js';
import type { Need } from '../../model/need.js';
import type { RenderContext } from '../../model/provider.js';
import { pythonJson, truthy } from '../../model/python.js';
import { specTags, type Spec } from '../../model/spec.js';
import { valueAt } from '../../model/values.js';

/** A user of the cluster, whose user name and password are a secret. */
export const ScramUser = v.object({ name: v.string(), secret: v.nonNullish(field.secret) });

export type ScramUser = v.InferOutput<typeof ScramUser>;

/** Whether clients log in with user name and password. */
export function scramEnabled(values: JsonObject): boolean {
  return truthy(valueAt(values, ['client_authentication', 'sasl', 'scram']));
}

/** The secrets of all users. */
export function scramUserNeeds(users: readonly ScramUser[]): Need[] {
  return users.map(secretNeed);
}

function secretNeed({ secret }: ScramUser): Need {
  return { kind: 'secret', secret };
}

/**
 * Puts the users' credentials into Secrets Manager, where the cluster finds them.
 *
 * @throws FailedError `ScramUsersInvalid`
 */
export function scramUsers(
  spec: Spec,
  users: readonly ScramUser[],
  cluster: BlockHandle,
  context: RenderContext,
): void {
  if (users.length === 0) {
    throw new FailedError('ScramUsersInvalid', 'client_authentication.sasl.scram is on, but users is empty');
  }
  const key = encryptionKey(spec, context);
  const names = new Map(users.map((user) => [user.name, user]));
  const secrets = [...names.values()].map((user) => userSecret(spec, user, key, context));
  context.resource('aws_msk_scram_secret_association', spec.identifier, {
    cluster_arn: cluster.refOrOwn('arn'),
    secret_arn_list: secrets.map(({ arn }) => arn),
    depends_on: secrets.map(({ version }) => version.dependency),
  });
}

/** The service takes no secrets that are encrypted with the account's default key. */
function encryptionKey(spec: Spec, context: RenderContext): BlockHandle {
  const key = context.resource('aws_kms_key', spec.identifier, {
    description: 'KMS key for MSK SCRAM credentials',
    tags: specTags(spec),
  });
  context.resource('aws_kms_alias', spec.identifier, {
    name: `alias/${spec.identifier}-msk-scram`,
    target_key_id: key.ref('arn'),
  });
  return key;
}

interface UserSecret {
  readonly arn: string;
  readonly version: BlockHandle;
}

function userSecret(spec: Spec, user: ScramUser, key: BlockHandle, context: RenderContext): UserSecret {
  // The service demands this start of the name.
  const name = `AmazonMSK_${spec.identifier}-${user.name}`;
  const secret = context.resource('aws_secretsmanager_secret', name, {
    ...{ name, tags: specTags(spec), kms_key_id: key.ref('arn') },
  });
  const arn = secret.ref('arn');
  const version = context.resource('aws_secretsmanager_secret_version', name, {
    secret_id: arn,
    secret_string: credentials(user, context),
  });
  const policy = pythonJson(readPolicy(arn), { sortKeys: false });
  context.resource('aws_secretsmanager_secret_policy', name, { secret_arn: arn, policy });
  return { arn, version };
}

function credentials(user: ScramUser, context: RenderContext): string {
  const variable = `scram_${user.name}`;
  const answer = context.answer(secretNeed(user));
  if (!answer.known) return context.placeholder(variable, answer.why, { sensitive: true });
  const secret = answer.value;
  if (!isJsonObject(secret) || Object.keys(secret).sort().join() !== 'password,username') {
    throw new FailedError(
      'ScramUsersInvalid',
      `the secret ${user.secret.path} of user "${user.name}" must have the keys username and password, and no others`,
    );
  }
  return context.sensitive(variable, pythonJson(secret, { sortKeys: true }));
}

function readPolicy(secretArn: string): JsonObject {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'AWSKafkaResourcePolicy',
        Effect: 'Allow',
        Principal: { Service: 'kafka.amazonaws.com' },
        Action: 'secretsmanager:getSecretValue',
        Resource: secretArn,
      },
    ],
  };
}
