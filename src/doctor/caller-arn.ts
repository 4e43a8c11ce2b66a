import type { World } from '../world.js';

/**
 * Who AWS says that the default credentials belong to.
 *
 * @throws the SDK's error when the credentials are refused or AWS does not answer within 5 s
 */
export async function callerArn({ env, signal }: World): Promise<string> {
  const { STSClient, GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
  const client = new STSClient({ region: env['AWS_REGION'] ?? 'us-east-1', maxAttempts: 1 });
  try {
    const abortSignal = AbortSignal.any([signal, AbortSignal.timeout(5000)]);
    const { Arn } = await client.send(new GetCallerIdentityCommand({}), { abortSignal });
    return Arn ?? 'an unknown identity';
  } finally {
    client.destroy();
  }
}
