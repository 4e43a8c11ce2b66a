import * as v from 'valibot';

import { fetchText, NoResponse, type TextResponse } from '../../clients/fetch-text.js';
import { FailedError, RefusedError } from '../../errors.js';
import type { World } from '../../world.js';
import type { StsIdentity, StsProof } from '../proof.js';
import { StsProofSchema } from '../schema.js';
import type { SignedMatter } from '../statement.js';
import { errorCodeIn, readCallerAnswer, type CallerAnswer } from './answer.js';
import { BODY, ownHeaders, signedHeaderNames, tokenHeader } from './call.js';
import { parseCallerArn } from './caller-arn.js';
import { requireLive } from './lifetime.js';
import { stsEndpoint, type StsEndpoint } from './endpoint.js';

/** What verifying needs besides the proof. */
export interface StsContext extends Pick<World, 'env' | 'fetch' | 'now' | 'signal'> {
  /** The partition of the request's account. */
  readonly partition: string;
}

const LIMITS = { timeoutMs: 10_000, maxBytes: 64 * 1024 };

/** Errors that say nothing about the proof. */
const TRANSIENT = /^(?:Throttling|RequestLimitExceeded|ServiceUnavailable|InternalFailure|RequestTimeout)/;

/**
 * Has AWS confirm who signed a statement: sends the signed call to STS and reads whose it is. The host, the path, the body and
 * all headers are made anew from the statement; of the proof there are only the parts of the signature, each in its own form.
 *
 * @throws RefusedError `ProofInvalid`, `ProofExpired`, `ProofFutureDated`, `ProofNotAccepted`, `CallerRoot`, `CallerUnknown`,
 *   `StsEndpointForeign`, `StsRegionUnknown`
 * @throws FailedError `StsUnreachable`
 */
export async function verifySts(
  proof: StsProof,
  matter: SignedMatter,
  context: StsContext,
): Promise<StsIdentity> {
  requireWellFormed(proof);
  const signedAt = requireLive(proof.date, context.now());
  const endpoint = stsEndpoint({ region: proof.region, partition: context.partition }, context.env);
  const answer = await ask(proof, matter, endpoint, context);
  const { arn, account, userId } = callerIn(answer, endpoint);
  const { partition } = parseCallerArn(arn);
  if (partition !== context.partition) {
    throw notAccepted(`it was made in partition ${partition}, not in ${context.partition}`);
  }
  const where = endpoint.isLoopback ? { endpoint: endpoint.host } : {};
  return { kind: 'sts', arn, account, userId, accessKeyId: proof.accessKeyId, signedAt, ...where };
}

function requireWellFormed(proof: StsProof): void {
  const expected = signedHeaderNames(proof.sessionToken !== undefined).join();
  if (!v.is(StsProofSchema, proof)) throw invalid('a part of its signature has a wrong form');
  if (proof.signedHeaders.join() !== expected) {
    throw invalid(
      `it signs the headers ${proof.signedHeaders.join(', ') || '(none)'} and not exactly ${expected}`,
    );
  }
}

async function ask(
  { accessKeyId, date, region, signedHeaders, signature, sessionToken }: StsProof,
  matter: SignedMatter,
  endpoint: StsEndpoint,
  { fetch, signal }: StsContext,
): Promise<TextResponse> {
  const scope = `${date.slice(0, 8)}/${region}/sts/aws4_request`;
  const headers = {
    ...ownHeaders(endpoint, matter),
    'x-amz-date': date,
    ...tokenHeader(sessionToken),
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`,
  };
  try {
    return await fetchText(
      fetch,
      `${endpoint.origin}/`,
      { method: 'POST', headers, body: BODY },
      { ...LIMITS, signal },
    );
  } catch (error) {
    if (error instanceof NoResponse) throw unreachable(endpoint, error.message, error);
    throw error;
  }
}

function callerIn({ status, body }: TextResponse, endpoint: StsEndpoint): CallerAnswer {
  if (status >= 300 && status < 400) throw notAccepted(`${endpoint.host} answered with a redirect`);
  const code = errorCodeIn(body);
  if (status >= 500 || status === 429 || TRANSIENT.test(code ?? '')) {
    throw unreachable(endpoint, `it answered with HTTP ${status}${code === undefined ? '' : ` ${code}`}`);
  }
  if (code === 'ExpiredToken' || code === 'ExpiredTokenException') {
    throw new RefusedError('ProofExpired', 'the credentials that the approval was signed with have expired', {
      hint: 'sign it again with new credentials',
    });
  }
  if (status !== 200) throw notAccepted(`AWS STS says ${code ?? `HTTP ${status}`}`);
  const answer = readCallerAnswer(body);
  if (answer === undefined) throw notAccepted(`the answer of ${endpoint.host} is none of AWS STS`);
  return answer;
}

function invalid(why: string): RefusedError {
  return new RefusedError('ProofInvalid', `the proof by AWS credentials cannot be used: ${why}`, {
    hint: 'have it signed again with tfrepair',
  });
}

function notAccepted(why: string): RefusedError {
  return new RefusedError('ProofNotAccepted', `the proof by AWS credentials was not confirmed: ${why}`, {
    hint: 'have exactly this request signed again, with credentials that are valid in its account',
  });
}

function unreachable({ host }: StsEndpoint, why: string, cause?: unknown): FailedError {
  return new FailedError('StsUnreachable', `AWS STS (${host}) cannot be asked who signed: ${why}`, {
    hint: 'try again; nothing has been decided',
    cause,
  });
}
