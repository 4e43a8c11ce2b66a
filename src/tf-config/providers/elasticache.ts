import type { Json, JsonObject } from '../../json.js';
import { providerFor } from '../model/account.js';
import { commonOutputs } from '../model/common-outputs.js';
import { defineProvider, field } from '../model/define-provider.js';
import type { BlockHandle } from '../model/document.js';
import { expectList, expectObject, expectText } from '../model/expect.js';
import type { RenderContext } from '../model/provider.js';
import { truthy } from '../model/python.js';
import { outputPrefix } from '../model/spec.js';
import { ownValue, take } from '../model/values.js';

/** A Redis replication group, and its parameter group. */
export const elasticache = defineProvider({
  provider: 'elasticache',
  graphqlType: 'NamespaceTerraformResourceElastiCache_v1',
  selection: 'region defaults parameter_group overrides managed_by_erv2',
  fields: { region: field.text, defaults: field.text, parameter_group: field.text, overrides: field.json },
  files: (spec) => {
    const path = ownValue(spec, 'parameter_group');
    return typeof path === 'string' && path !== '' ? [path] : [];
  },

  render(spec, context) {
    commonOutputs(spec, context);
    const values = context.values();
    const prefix = outputPrefix(spec);
    take(values, 'identifier');
    const place = takePlace(values, context);
    const group = takeParameterGroup(values, place, context);
    const token = authToken(values, context);
    const cache = context.resource('aws_elasticache_replication_group', spec.identifier, {
      replication_group_id: spec.identifier,
      ...values,
      ...place.provider,
      apply_immediately: truthy(values['apply_immediately']) ? values['apply_immediately'] : false,
      ...(group === undefined
        ? {}
        : { depends_on: [group.handle.dependency], parameter_group_name: group.name }),
      ...(token === undefined ? {} : { auth_token: token }),
    });
    const endpoint = group?.clustered === true ? 'configuration' : 'primary';
    context.output(`${prefix}__db_endpoint`, cache.refOrOwn(`${endpoint}_endpoint_address`));
    context.output(`${prefix}__db_port`, cache.refOrOwn('port'));
    if (token !== undefined) context.output(`${prefix}__db_auth_token`, token, { sensitive: true });
  },
});

interface Place {
  readonly provider: { readonly provider?: string };
  /** Appended to the names of what each region has. */
  readonly suffix: string;
}

/** A region that is null, which only defaults and overrides can say, is no region at all. */
function takePlace(values: JsonObject, { account }: RenderContext): Place {
  const home = account.resourcesDefaultRegion;
  const wanted = take(values, 'region');
  if (wanted === null) return { provider: {}, suffix: '' };
  const region = wanted === undefined ? home : expectText(wanted, 'region');
  return { provider: providerFor(account, region), suffix: region === home ? '' : `-${region}` };
}

interface ParameterGroup {
  readonly handle: BlockHandle;
  readonly name: string;
  /** Whether it turns cluster mode on. */
  readonly clustered: boolean;
}

function takeParameterGroup(
  values: JsonObject,
  place: Place,
  context: RenderContext,
): ParameterGroup | undefined {
  if (!truthy(values['parameter_group'])) return undefined;
  const path = expectText(take(values, 'parameter_group'), 'parameter_group');
  const { name: givenName, parameters, ...group } = context.yaml(path);
  const name = expectText(givenName, `name in ${path}`);
  const parameter = expectList(parameters, `parameters in ${path}`);
  const body = { ...group, name, parameter, ...place.provider };
  return {
    name,
    handle: context.resource('aws_elasticache_parameter_group', name + place.suffix, body),
    clustered: parameter.some((item) => turnsClusterOn(item, path)),
  };
}

function turnsClusterOn(parameter: Json, path: string): boolean {
  const { name, value } = expectObject(parameter, `parameters in ${path}`);
  return name === 'cluster-enabled' && value === 'yes';
}

/** The token that clients log in with, which goes with TLS: the one in the state, else a new one. */
function authToken(values: JsonObject, context: RenderContext): string | undefined {
  if (!truthy(values['transit_encryption_enabled'])) return undefined;
  const kept = context.existing('db.auth_token');
  const token = kept === undefined || kept === '' ? context.randomPassword('db_auth_token') : kept;
  return context.sensitive('db_auth_token', token);
}
