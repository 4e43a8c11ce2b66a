import { Secret } from '../../secret.js';

/** Credentials for AWS, and where they came from (for messages). */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  readonly sessionToken: Secret | undefined;
  /** e.g. `the profile acme-stage`, `the environment or the SDK's default chain`, `the secret creds/acme` */
  readonly source: string;
}

/** The form that the AWS SDK takes. */
export function sdkCredentials({ accessKeyId, secretAccessKey, sessionToken }: AwsCredentials): {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
} {
  return {
    accessKeyId,
    secretAccessKey: secretAccessKey.reveal(),
    ...(sessionToken === undefined ? {} : { sessionToken: sessionToken.reveal() }),
  };
}

/** The environment variables that hand the credentials to terraform and other children. */
export function credentialEnvironment({
  accessKeyId,
  secretAccessKey,
  sessionToken,
}: AwsCredentials): Record<string, Secret> {
  return {
    AWS_ACCESS_KEY_ID: new Secret(accessKeyId),
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
  };
}
