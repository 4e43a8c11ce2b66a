import { FailedError } from '../../errors.js';
import type { RenderInput } from './provider.js';

/** The ARN of a KMS key for an argument, and the address to depend on when the key is in the same config. */
export interface KmsKeyReference {
  readonly arn: string;
  readonly dependency?: string;
}

/**
 * A key that values name by ARN, or by the identifier of a kms spec of the same account.
 *
 * @throws FailedError `KmsKeyUnknown`
 */
export function kmsKeyReference(key: string, input: Pick<RenderInput, 'find' | 'account'>): KmsKeyReference {
  if (key.startsWith('arn:')) return { arn: key };
  if (input.find('kms', key) === undefined) {
    throw new FailedError('KmsKeyUnknown', `the account ${input.account.name} has no kms key "${key}"`, {
      hint: 'name a kms resource of the same account, or give the ARN of the key',
    });
  }
  const dependency = `aws_kms_key.${key}`;
  return { arn: `\${${dependency}.arn}`, dependency };
}
