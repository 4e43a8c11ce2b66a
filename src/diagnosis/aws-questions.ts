import type { AwsCredentials } from '../clients/aws/credentials.js';
import { remoteLookup } from '../clients/aws/remote/lookups.js';
import { trailOf } from '../clients/aws/trail.js';
import type { AwsQuestions } from './ask-aws.js';
import type { Suspect } from './suspects.js';

/** An account, and who asks about it. */
export interface AskedAccount {
  readonly uid: string;
  readonly partition: string;
  /** Of resources whose provider has no alias. */
  readonly region: string;
  readonly credentials: AwsCredentials;
  readonly signal: AbortSignal;
}

/** Longer than this nobody waits for an answer that is only a help. */
const ANSWER_MS = 8000;

/** Where events of services without regions are recorded, by partition. */
const GLOBAL_REGION: Readonly<Record<string, string>> = {
  aws: 'us-east-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-cn': 'cn-north-1',
};

const GLOBAL_TYPES = /^aws_(?:iam|route53|cloudfront)_/;

/** The questions about an account, put to AWS. */
export function awsQuestions(account: AskedAccount): AwsQuestions {
  const placeOf = (suspect: Suspect) => ({
    ...account,
    region: suspect.alias ?? account.region,
    signal: AbortSignal.any([account.signal, AbortSignal.timeout(ANSWER_MS)]),
  });
  return {
    find: async (suspect) => remoteLookup(suspect.type)?.find(suspect.name, placeOf(suspect)),
    trail: async (suspect) => {
      const place = placeOf(suspect);
      const region = GLOBAL_TYPES.test(suspect.type) ? GLOBAL_REGION[account.partition] : undefined;
      return trailOf(suspect.name, { ...place, region: region ?? place.region });
    },
  };
}

/** The argument that names an object of a type in AWS; undefined: AWS is not asked about the type. */
export function nameArgument(type: string): string | undefined {
  return remoteLookup(type)?.argument;
}
