import type { Json, JsonObject } from '../../json.js';
import { providerFor, regionOf, usesProviderV3 } from '../model/account.js';
import { commonOutputs } from '../model/common-outputs.js';
import { defineProvider } from '../model/define-provider.js';
import type { BlockHandle } from '../model/document.js';
import { expectJsonObject, expectList } from '../model/expect.js';
import type { Need } from '../model/need.js';
import type { RenderContext, RenderInput, TypedSpec } from '../model/provider.js';
import { truthy } from '../model/python.js';
import { outputPrefix, specTags } from '../model/spec.js';
import {
  cloudInitParts,
  templateSecrets,
  templateVariables,
  type TemplateVariables,
} from './asg/cloud-init.js';
import { asgFields, asgSelection, imageFilter, type AsgFields } from './asg/fields.js';

type AsgSpec = TypedSpec<AsgFields>;

/** An auto-scaling group of machines that start from an image found by its tags, with templates for cloud-init. */
export const asg = defineProvider({
  provider: 'asg',
  graphqlType: 'NamespaceTerraformResourceASG_v1',
  selection: asgSelection,
  fields: asgFields,
  files: (spec) => (spec.own.cloudinit_configs ?? []).map(({ content }) => content),
  needs(spec, input) {
    const values = input.values();
    const region = regionOf(input.account, values['region']);
    const configs = spec.own.cloudinit_configs ?? [];
    const secrets = templateSecrets(input, configs, templateVariables(input, values, region));
    return [imageNeed(spec, input), ...secrets];
  },

  render(spec, context) {
    commonOutputs(spec, context);
    const values = context.values();
    const tags = machineTags(spec, values);
    const imageId = imageOf(spec, context);
    warnOfRegion(context, values);
    const template = launchTemplate(context, spec, values, { tags, imageId });
    context.resource('aws_autoscaling_group', spec.identifier, {
      name: spec.identifier,
      ...groupSettings(values, template),
      [usesProviderV3(context.account) ? 'tags' : 'tag']: Object.entries(tags).map(([key, value]) => ({
        ...{ key, value, propagate_at_launch: true },
      })),
    });
    const prefix = outputPrefix(spec);
    context.output(`${prefix}__template_latest_version`, template.ref('latest_version'));
    context.output(`${prefix}__image_id`, imageId);
  },
});

/** The group itself names no provider, wherever its launch template is. */
function warnOfRegion(context: RenderContext, values: JsonObject): void {
  const { resourcesDefaultRegion, supportedDeploymentRegions } = context.account;
  const region = regionOf(context.account, values['region']);
  if (supportedDeploymentRegions === null || region === resourcesDefaultRegion) return;
  context.warn(
    `its launch template is in ${region}, but the group names no provider, which is ${resourcesDefaultRegion}`,
  );
}

function machineTags(spec: AsgSpec, { extra_tags: extra }: JsonObject): JsonObject {
  const tags = { ...specTags(spec), Name: spec.identifier };
  return truthy(extra) ? { ...tags, ...expectJsonObject(extra, 'extra_tags') } : tags;
}

function imageNeed({ own }: AsgSpec, input: RenderInput): Need {
  const region = regionOf(input.account, input.values()['region']);
  return { kind: 'image', region, filters: own.image.map(imageFilter) };
}

/** While the image is being built it is still the last one that the state knows; null before the first one. */
function imageOf(spec: AsgSpec, context: RenderContext): string | null {
  const need = imageNeed(spec, context);
  const existing = context.existing('image_id');
  const answer = context.answer(need);
  if (!answer.known || answer.value !== null) return context.fromOutside(need, 'image_id', { existing });
  context.warn(
    `its image is still being built; it is rendered with ${existing ?? 'none'}, the one before it`,
  );
  return existing ?? null;
}

function launchTemplate(
  context: RenderContext,
  spec: AsgSpec,
  values: JsonObject,
  { tags, imageId }: { tags: JsonObject; imageId: string | null },
): BlockHandle {
  const { identifier } = spec;
  const region = regionOf(context.account, values['region']);
  const provider = providerFor(context.account, region);
  const {
    vpc_security_group_ids = null,
    update_default_version = null,
    block_device_mappings = null,
  } = values;
  const role = values['iam_role_name'] ?? null;
  if (truthy(role))
    context.resource('aws_iam_instance_profile', identifier, { name: identifier, role, ...provider });
  return context.resource('aws_launch_template', identifier, {
    ...{ name: identifier, vpc_security_group_ids, update_default_version, block_device_mappings, tags },
    tag_specifications: ['instance', 'volume'].map((resource_type) => ({ resource_type, tags })),
    image_id: imageId,
    ...provider,
    iam_instance_profile: truthy(role) ? { name: identifier } : undefined,
    user_data: userData(context, spec, templateVariables(context, values, region)),
  });
}

/** What the machines are told at their first start. */
function userData(
  context: RenderContext,
  { identifier, own }: AsgSpec,
  variables: TemplateVariables,
): string | undefined {
  const configs = own.cloudinit_configs ?? [];
  if (configs.length === 0) return undefined;
  const part = cloudInitParts(context, configs, variables);
  return context
    .data('cloudinit_config', identifier, { gzip: true, base64_encode: true, part })
    .ref('rendered');
}

/** Settings of the group; those that the values leave out are null. */
function groupSettings(values: JsonObject, template: BlockHandle): JsonObject {
  const {
    max_size = null,
    min_size = null,
    vpc_zone_identifier = null,
    capacity_rebalance = null,
    max_instance_lifetime = null,
    protect_from_scale_in = null,
    enabled_metrics = null,
    instances_distribution = null,
    instance_refresh_preferences: preferences = null,
  } = values;
  const override = machineKinds(values);
  return {
    ...{ max_size, min_size, vpc_zone_identifier, capacity_rebalance, max_instance_lifetime },
    ...{ protect_from_scale_in, enabled_metrics },
    mixed_instances_policy: {
      instances_distribution,
      launch_template: {
        launch_template_specification: {
          launch_template_id: template.ref('id'),
          version: template.ref('latest_version'),
        },
        ...(override.length === 0 ? {} : { override }),
      },
    },
    instance_refresh: { strategy: 'Rolling', preferences },
  };
}

/** The kinds of machines that will do: by name, and by what they must have. */
function machineKinds({ instance_types: types = null, instance_requirements = null }: JsonObject): Json[] {
  const named = truthy(types) ? expectList(types, 'instance_types') : [];
  return [
    ...named.map((instance_type) => ({ instance_type })),
    ...(truthy(instance_requirements) ? [{ instance_requirements }] : []),
  ];
}
