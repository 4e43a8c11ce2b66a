import { Secret } from '../../secret.js';

/** An access key of the AWS API server. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  /** Of temporary keys. */
  readonly sessionToken?: Secret | undefined;
}

interface SdkCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The keys in the form of the AWS SDK. */
export function sdkCredentials({ accessKeyId, secretAccessKey, sessionToken }: Keys): SdkCredentials {
  const token = sessionToken === undefined ? {} : { sessionToken: sessionToken.reveal() };
  return { accessKeyId, secretAccessKey: secretAccessKey.reveal(), ...token };
}

/** Keys from an answer of the AWS SDK, whose fields are all optional. @throws when there is none in it */
export function keysFrom(
  answer:
    | {
        AccessKeyId?: string | undefined;
        SecretAccessKey?: string | undefined;
        SessionToken?: string | undefined;
      }
    | undefined,
): Keys {
  const { AccessKeyId: accessKeyId, SecretAccessKey: secret, SessionToken: token } = answer ?? {};
  if (accessKeyId === undefined || secret === undefined)
    throw new Error('the AWS API server gave no access key');
  const sessionToken = token === undefined ? undefined : new Secret(token);
  return { accessKeyId, secretAccessKey: new Secret(secret), sessionToken };
}
