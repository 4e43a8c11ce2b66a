import { awsAnswer, awsFailure, isConditionFailed } from '../store/s3/aws-answer.js';
import type { S3Connection } from '../store/s3/connection.js';
import { getObject } from '../store/s3/get-object.js';
import type { ObjectSettings } from '../store/s3/object-settings.js';
import { putObject } from '../store/s3/put-object.js';
import {
  alreadyExecuted,
  claimNames,
  formatClaim,
  MAX_CLAIM_BYTES,
  parseClaim,
  type Claim,
  type Claims,
} from './claim.js';

/** Claims as objects beside a state in S3: whoever creates one has it. */
export class ObjectClaims implements Claims {
  constructor(
    private readonly s3: S3Connection,
    private readonly stateKey: string,
    /** How the state is encrypted. */
    private readonly encryption: () => Promise<ObjectSettings>,
  ) {}

  async take(claim: Claim): Promise<void> {
    const { s3 } = this;
    const key = this.#keyOf(claim.digest);
    const settings = { ...(await this.encryption()), ContentType: 'application/json' };
    s3.signal.throwIfAborted();
    try {
      await putObject(s3, { key, bytes: formatClaim(claim), settings, condition: { IfNoneMatch: '*' } });
    } catch (error) {
      await this.#unlessOurs(claim, error);
    }
  }

  async giveBack(digest: string, attempts: readonly string[]): Promise<void> {
    const { client, bucket, credentials } = this.s3;
    const key = this.#keyOf(digest);
    try {
      const held = await this.#held(digest);
      if (held === undefined || !attempts.includes(held.attempt)) return;
      const { DeleteObjectCommand } = await import('@aws-sdk/client-s3');
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    } catch (error) {
      const what = `cannot remove s3://${bucket}/${key}, which says that the request was executed`;
      throw awsFailure('ClaimNotRemoved', what, error, { credentials });
    }
  }

  /** An answer that was lost, or a repeated request, can mean that we have it all the same. */
  async #unlessOurs({ digest, attempt }: Claim, error: unknown): Promise<void> {
    const { bucket, credentials } = this.s3;
    const place = `s3://${bucket}/${this.#keyOf(digest)}`;
    const held = await this.#held(digest).catch(() => undefined);
    if (held?.attempt === attempt) return;
    if (isConditionFailed(awsAnswer(error))) throw alreadyExecuted(digest, place, held);
    throw awsFailure('ClaimFailed', `cannot write down in ${place} that the request is executed`, error, {
      credentials,
    });
  }

  async #held(digest: string): Promise<ReturnType<typeof parseClaim>> {
    const object = await getObject(this.s3, this.#keyOf(digest), { maxBytes: MAX_CLAIM_BYTES });
    return object && parseClaim(object.bytes);
  }

  #keyOf(digest: string): string {
    const { folder, name } = claimNames(this.stateKey, digest);
    return `${folder}/${name}`;
  }
}
