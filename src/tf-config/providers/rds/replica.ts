import { FailedError } from '../../../errors.js';
import type { JsonObject } from '../../../json.js';
import type { Arguments } from '../../model/document.js';
import { expectNumber, expectText } from '../../model/expect.js';
import type { RenderContext } from '../../model/provider.js';
import { truthy } from '../../model/python.js';
import type { Spec } from '../../model/spec.js';
import { take } from '../../model/values.js';
import { databaseName } from './database-name.js';
import type { Monitoring } from './monitoring.js';
import { NO_PART, type InstancePart } from './part.js';
import { regionOfZone } from './placement.js';

export interface Replica extends InstancePart {
  /** Name of the database, which a replica has from its source. */
  readonly databaseName: string;
}

/**
 * A read replica of another rds spec of the account; undefined when the values name no source.
 *
 * @param region where the replica is
 * @throws FailedError `ReplicaInvalid`
 */
export function takeReplica(values: JsonObject, region: string, context: RenderContext): Replica | undefined {
  const named = take(values, 'replica_source');
  if (!truthy(named)) return undefined;
  const name = expectText(named, 'replica_source');
  if ('replicate_source_db' in values) {
    throw invalid('replica_source and replicate_source_db are both set');
  }
  const source = context.find('rds', name);
  if (source === undefined) {
    throw invalid(`replica_source "${name}" is not an rds resource of the account ${context.account.name}`);
  }
  const sourceValues = context.values(source);
  checkBackup(name, sourceValues);
  return {
    databaseName: databaseName(sourceValues),
    dependencies: [`aws_db_instance.${name}`],
    arguments: {
      backup_retention_period: 0,
      ...(regionOfSource(source, context) === region ? near(name) : far(name, values)),
      // A replica has these from its source.
      ...{ engine: undefined, username: undefined, password: undefined },
    },
  };
}

function regionOfSource(source: Spec, { account }: RenderContext): string {
  return regionOfZone(source.fields['availability_zone']) ?? account.resourcesDefaultRegion;
}

function near(source: string): Arguments {
  return { replicate_source_db: source, db_subnet_group_name: undefined };
}

/** From another region AWS wants the ARN, and neither the subnet group nor the key can be had from the source. */
function far(source: string, values: JsonObject): Arguments {
  if (!('db_subnet_group_name' in values)) {
    throw invalid(
      `replica_source "${source}" is in another region, but db_subnet_group_name is not set`,
      'set db_subnet_group_name to a subnet group of the region of the replica',
    );
  }
  if (truthy(values['storage_encrypted']) && !('kms_key_id' in values)) {
    throw invalid(
      `replica_source "${source}" is in another region: storage_encrypted counts for nothing without kms_key_id`,
      'set kms_key_id to a key of the region of the replica',
    );
  }
  return { replicate_source_db: `\${aws_db_instance.${source}.arn}` };
}

function checkBackup(source: string, { backup_retention_period: days = 0 }: JsonObject): void {
  const what = `backup_retention_period of replica_source "${source}"`;
  if (expectNumber(days, what) > 0) return;
  throw invalid(`${what} is ${JSON.stringify(days)}, but only an instance with backups can have replicas`);
}

function invalid(message: string, hint?: string): FailedError {
  return new FailedError('ReplicaInvalid', message, hint === undefined ? {} : { hint });
}

/**
 * Between making the monitoring role and the replica that is monitored: the AWS provider does not wait long enough for
 * the role to work (terraform-provider-aws pull request 20926).
 */
export function waitForMonitoring(
  spec: Spec,
  replica: Replica | undefined,
  { attachment }: Monitoring,
  context: RenderContext,
): InstancePart {
  if (replica === undefined || attachment === undefined) return NO_PART;
  const sleep = context.resource('time_sleep', spec.identifier, {
    depends_on: [attachment.dependency],
    create_duration: '30s',
  });
  return { arguments: {}, dependencies: [sleep.dependency] };
}
