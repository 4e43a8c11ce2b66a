import * as v from 'valibot';

import { commonOutputs } from '../model/common-outputs.js';
import { defineProvider, field } from '../model/define-provider.js';
import type { BlockHandle } from '../model/document.js';
import { iamUserWithPolicy } from '../model/iam-user.js';
import type { RenderContext } from '../model/provider.js';
import { outputPrefix, specTags } from '../model/spec.js';

const DEFAULT_TTL_SECONDS = 300;

/** All arguments of a record are rendered, also those that are not set. */
const DnsRecord = v.object({
  name: v.string(),
  type: v.string(),
  ttl: v.nullish(v.number(), null),
  alias: v.nullish(
    v.object({ name: v.string(), zone_id: v.string(), evaluate_target_health: v.boolean() }),
    null,
  ),
  weighted_routing_policy: v.nullish(v.object({ weight: v.nullish(v.number(), null) }), null),
  geolocation_routing_policy: v.nullish(
    v.object({
      continent: v.nullish(v.string(), null),
      country: v.nullish(v.string(), null),
      subdivision: v.nullish(v.string(), null),
    }),
    null,
  ),
  set_identifier: v.nullish(v.string(), null),
  records: v.nullish(v.array(v.string()), null),
});

/** A hosted zone with its records, and an IAM user that may change it. Zones are global: no region, no provider alias. */
export const route53Zone = defineProvider({
  provider: 'route53-zone',
  graphqlType: 'NamespaceTerraformResourceRoute53Zone_v1',
  selection: `region name records {
    name type ttl
    alias { name zone_id evaluate_target_health }
    weighted_routing_policy { weight }
    geolocation_routing_policy { continent country subdivision }
    set_identifier records
  }`,
  fields: { region: field.text, name: v.string(), records: v.nullish(v.array(DnsRecord)) },

  render(spec, context) {
    commonOutputs(spec, context);
    const tags = specTags(spec);
    const zoneName = spec.own.name;
    const zone = context.resource('aws_route53_zone', resourceId(spec.identifier), { name: zoneName, tags });
    dnsRecords(context, zone, zoneName, spec.own.records ?? []);
    iamUserWithPolicy(context, {
      name: spec.identifier,
      tags,
      outputPrefix: outputPrefix(spec),
      policy: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['route53:Change*', 'route53:Create*', 'route53:Get*', 'route53:List*'],
            Resource: `arn:aws:route53:::hostedzone/${zone.ref('zone_id')}`,
          },
          { Effect: 'Allow', Action: ['route53:List*'], Resource: '*' },
          { Effect: 'Allow', Action: ['tag:GetResources'], Resource: '*' },
        ],
      },
      dependsOn: [zone],
    });
  },
});

/** Records of the same name and type are numbered from the second on. */
function dnsRecords(
  context: RenderContext,
  zone: BlockHandle,
  zoneName: string,
  records: readonly v.InferOutput<typeof DnsRecord>[],
): void {
  const seen = new Map<string, number>();
  for (const record of records) {
    const base = resourceId(`${record.name}.${zoneName}_${record.type.toUpperCase()}`);
    const count = (seen.get(base) ?? 0) + 1;
    seen.set(base, count);
    if ((record.alias === null) === (record.records === null)) {
      context.warn(`terraform wants either an alias or records for the record ${record.name} ${record.type}`);
    }
    context.resource('aws_route53_record', count > 1 ? `${base}_${count}` : base, {
      zone_id: zone.ref('id'),
      ...record,
      ttl: record.alias === null ? (record.ttl ?? DEFAULT_TTL_SECONDS) : record.ttl,
    });
  }
}

/** Domain names as the names of Terraform resources. */
function resourceId(name: string): string {
  const id = name.replaceAll('.', '_').replaceAll('*', '_star');
  return /^\d/.test(id) ? `_${id}` : id;
}
