import type { ProviderRenderer } from './model/provider.js';
import { acm } from './providers/acm.js';
import { alb } from './providers/alb.js';
import { asg } from './providers/asg.js';
import { awsIamRole } from './providers/aws-iam-role.js';
import { awsIamServiceAccount } from './providers/aws-iam-service-account.js';
import { cloudwatch } from './providers/cloudwatch.js';
import { dynamodb } from './providers/dynamodb.js';
import { ecr } from './providers/ecr.js';
import { elasticache } from './providers/elasticache.js';
import { elasticsearch } from './providers/elasticsearch.js';
import { kinesis } from './providers/kinesis.js';
import { kms } from './providers/kms.js';
import { msk } from './providers/msk/msk.js';
import { rds } from './providers/rds/rds.js';
import { rosaAuthenticatorVpce } from './providers/rosa-authenticator-vpce.js';
import { rosaAuthenticator } from './providers/rosa-authenticator/rosa-authenticator.js';
import { route53Zone } from './providers/route53-zone.js';
import { s3CloudfrontPublicKey } from './providers/s3-cloudfront-public-key.js';
import { s3 } from './providers/s3/s3.js';
import { s3Cloudfront } from './providers/s3/s3-cloudfront.js';
import { s3Sqs } from './providers/s3/s3-sqs.js';
import { secretsManager } from './providers/secrets-manager.js';
import { secretsManagerServiceAccount } from './providers/secrets-manager-service-account.js';
import { sns } from './providers/sns.js';
import { sqs } from './providers/sqs.js';

/** Every provider of external resources that tfrepair renders; adding one is a file and a line here. */
const PROVIDERS: readonly ProviderRenderer[] = [
  acm,
  alb,
  asg,
  awsIamRole,
  awsIamServiceAccount,
  cloudwatch,
  dynamodb,
  ecr,
  elasticache,
  elasticsearch,
  kinesis,
  kms,
  msk,
  rds,
  rosaAuthenticatorVpce,
  rosaAuthenticator,
  route53Zone,
  s3CloudfrontPublicKey,
  s3,
  s3Cloudfront,
  s3Sqs,
  secretsManager,
  secretsManagerServiceAccount,
  sns,
  sqs,
];

const BY_NAME: ReadonlyMap<string, ProviderRenderer> = new Map(
  PROVIDERS.map((renderer) => [renderer.provider, renderer]),
);

/** The renderer of a provider; undefined when tfrepair does not know it. */
export function rendererOf(provider: string): ProviderRenderer | undefined {
  return BY_NAME.get(provider);
}

/** All renderers, in a fixed order. */
export function allRenderers(): readonly ProviderRenderer[] {
  return PROVIDERS;
}
