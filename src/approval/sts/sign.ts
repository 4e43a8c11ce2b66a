import { sdkCredentials, type AwsCredentials } from '../../clients/aws/credentials.js';
import { FailedError } from '../../errors.js';
import type { World } from '../../world.js';
import type { StsProof } from '../proof.js';
import type { SignedMatter } from '../statement.js';
import { BODY, ownHeaders } from './call.js';
import { stsEndpoint } from './endpoint.js';
import { Sha256 } from './sha256.js';

/** Where the account that it is about is. */
export interface StsPlace {
  readonly region: string;
  readonly partition: string;
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=[^,]+, SignedHeaders=(?<names>[a-z0-9;-]+), Signature=(?<signature>[0-9a-f]{64})$/;

/**
 * Signs a statement with AWS credentials: a call of `sts:GetCallerIdentity` that is not sent, with what is said among its
 * signed headers. The proof holds no secret key; it lives 15 minutes, or as long as the credentials if that is less.
 *
 * @throws RefusedError `StsEndpointForeign`, `StsRegionUnknown`
 */
export async function signWithSts(
  matter: SignedMatter,
  credentials: AwsCredentials,
  place: StsPlace,
  { env, now }: Pick<World, 'env' | 'now'>,
): Promise<StsProof> {
  const endpoint = stsEndpoint(place, env);
  const { SignatureV4 } = await import('@smithy/signature-v4');
  const { region } = place;
  const { sessionToken, ...keys } = sdkCredentials(credentials);
  const temporary = sessionToken === undefined ? {} : { sessionToken };
  const signer = new SignatureV4({
    ...{ service: 'sts', region, credentials: { ...keys, ...temporary }, sha256: Sha256 },
    applyChecksum: false,
  });
  const { protocol, hostname } = new URL(endpoint.origin);
  const headers = ownHeaders(endpoint, matter);
  const call = { method: 'POST', protocol, hostname, path: '/', headers, body: BODY };
  const signed = await signer.sign(call, { signingDate: new Date(now()) });
  const { names, signature } = AUTHORIZATION.exec(signed.headers['authorization'] ?? '')?.groups ?? {};
  const date = signed.headers['x-amz-date'];
  if (names === undefined || signature === undefined || date === undefined) {
    throw new FailedError('StsNotSigned', `cannot sign with ${credentials.source}`);
  }
  const signedHeaders = names.split(';');
  return { kind: 'sts', accessKeyId: keys.accessKeyId, region, date, signedHeaders, signature, ...temporary };
}
