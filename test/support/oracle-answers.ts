import { FailedError, messageOf } from '../../src/errors.js';
import type { Answer, AnswerValue, Need } from '../../src/tf-config/model/need.js';
import { needKey } from '../../src/tf-config/model/need.js';
import { needsOf, type SpecsInput } from '../../src/tf-config/render-specs.js';
import type { OraclePart } from './oracle.js';
import { oracleSecrets } from './oracle-secrets.js';

/** What stood in for the outside world when the golden configs of a part were made: its answers for an account. */
export function oracleAnswers(part: OraclePart): (input: SpecsInput) => Map<string, Answer> {
  const secrets = oracleSecrets(part);
  const valueOf = (need: Need): AnswerValue => {
    switch (need.kind) {
      case 'image':
        return 'ami-0123456789abcdef0';
      case 'service-addresses':
        return ['10.0.31.11', '10.0.32.12'];
      case 'zip':
        return zipPath(need);
      case 'bucket-object':
        return `/tmp/${need.key}`;
      case 'secret':
        return secrets.whole(need.secret);
      case 'secret-field':
        return secrets.field(need.secret);
      case 'granted-role':
        throw new Error(`no cluster has an OCM, ${need.cluster} neither`);
    }
  };
  return (input) => new Map(needsOf(input).map((need) => [needKey(need), answered(() => valueOf(need))]));
}

function answered(value: () => AnswerValue): Answer {
  try {
    return { known: true, value: value() };
  } catch (error) {
    return { known: false, error: new FailedError('NotInOracle', messageOf(error)) };
  }
}

function zipPath(need: Extract<Need, { kind: 'zip' }>): string {
  if (need.folder === 'rosa-authenticator') return '/tmp/RosaAuthenticatorLambda-1.0.0.zip';
  const custom = !need.release.endsWith('latest');
  if (need.folder === 'logs-to-es') return `/tmp/LogsToElasticsearch-${custom ? 'custom' : '1.0.0'}.zip`;
  return custom
    ? '/tmp/example/kinesis-lambda/v2.1.0/lambda.zip'
    : '/tmp/app-sre/kinesis-to-opensearch-lambda/v1.0.0/lambda.zip';
}
