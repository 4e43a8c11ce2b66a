import * as v from 'valibot';

import type { JsonObject } from '../../../json.js';
import { providerFor, regionOf } from '../../model/account.js';
import type { BlockHandle } from '../../model/document.js';
import type { RenderContext } from '../../model/provider.js';
import { pythonJson } from '../../model/python.js';
import { outputPrefix, specTags, type Spec } from '../../model/spec.js';

/** What a domain can write to CloudWatch, in the order of its `log_publishing_options`. */
const LOG_TYPES = ['INDEX_SLOW_LOGS', 'SEARCH_SLOW_LOGS', 'ES_APPLICATION_LOGS'] as const;

const RETENTION_DAYS = 90;

/** The field `publish_log_types` of a spec. */
export const LogTypes = v.nullish(v.array(v.picklist(LOG_TYPES)));

/** One log group for each type that the domain publishes. Returns the domain's `log_publishing_options`. */
export function logGroups(context: RenderContext, spec: Spec, values: JsonObject): JsonObject[] {
  const published = logTypesOf(spec);
  const provider = providerFor(context.account, regionOf(context.account, values['region']));
  return LOG_TYPES.map((log_type) => {
    if (!published.includes(log_type)) return { log_type, enabled: false, cloudwatch_log_group_arn: '' };
    const name = logGroupName(spec, log_type);
    const group = context.resource('aws_cloudwatch_log_group', name.replaceAll('/', '-'), {
      ...{ name, tags: specTags(spec), retention_in_days: RETENTION_DAYS },
      ...provider,
    });
    const output = `${outputPrefix(spec)}__cloudwatch_log_group_${log_type.toLowerCase()}`;
    context.output(`${output}_arn`, group.ref('arn'));
    context.output(`${output}_name`, name);
    return { log_type, enabled: true, cloudwatch_log_group_arn: group.ref('arn') };
  });
}

/**
 * The policy that lets the service write to the log groups of all of the account's domains: there can only be a few
 * such policies in a region. Every domain renders the same one. Undefined when no domain publishes logs.
 */
export function logPolicy(context: RenderContext): BlockHandle | undefined {
  const { account } = context;
  const groups = context.ofProvider('elasticsearch').flatMap((spec) => {
    const region = regionOf(account, spec.fields['region']);
    return logTypesOf(spec).map(
      (type) => `arn:aws:logs:${region}:${account.uid}:log-group:${logGroupName(spec, type)}:*`,
    );
  });
  if (groups.length === 0) return undefined;
  const policy: JsonObject = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'es.amazonaws.com' },
        Action: ['logs:PutLogEvents', 'logs:CreateLogStream'],
        Resource: groups,
      },
    ],
  };
  return context.resource('aws_cloudwatch_log_resource_policy', 'es_log_publishing_resource_policy', {
    policy_name: 'es-log-publishing-permissions',
    policy_document: pythonJson(policy, { sortKeys: true }),
  });
}

function logTypesOf(spec: Spec): string[] {
  const { publish_log_types: types } = spec.fields;
  return Array.isArray(types) ? types.filter((type) => typeof type === 'string') : [];
}

function logGroupName({ identifier }: Spec, type: string): string {
  return `OpenSearchService/${identifier}/${type.toLowerCase()}`;
}
