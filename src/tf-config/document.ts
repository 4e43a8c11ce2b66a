import type { Json, JsonObject } from '../json.js';
import type { RenderAccount } from './model/account.js';
import type { Blocks } from './model/document.js';
import type { ConfigVariable } from './model/variables.js';

/** Where the account's state lies (app-interface-aws §1, state location). */
export interface StateLocation {
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
}

/** Choices that change the document around the resources. */
export interface DocumentOptions {
  /** Exact pin for `required_version`; left out when undefined. */
  readonly terraformVersion: string | undefined;
  /** Every region's provider and every required provider, used or not. */
  readonly allProviders: boolean;
  /** Written into providers and backend; left to the environment when undefined. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
}

/** The versions that the reconcile loop of December 2024 requires besides hashicorp/aws. */
const OTHER_PROVIDERS: Readonly<Record<string, JsonObject>> = {
  time: { source: 'hashicorp/time', version: '0.9.1' },
  random: { source: 'hashicorp/random', version: '3.4.3' },
  cloudinit: { source: 'hashicorp/cloudinit', version: '2.3.3' },
};

/** Its Terraform: `required_version` with `--compat`. */
export const RECONCILE_TERRAFORM_VERSION = '1.6.6';

const DEFAULT_TAGS: JsonObject = { tags: { app: 'app-sre-infra' } };

/** The whole `config.tf.json` of an account (app-interface-aws §3.1). */
export function configDocument(
  account: RenderAccount,
  state: StateLocation,
  blocks: Blocks,
  variables: readonly ConfigVariable[],
  options: DocumentOptions,
): JsonObject {
  const document: JsonObject = {
    provider: { aws: awsProviders(account, blocks, options) },
    terraform: terraformBlock(account, state, blocks, options),
    data: { aws_canonical_user_id: { current: {} }, ...blocks.dataSources },
  };
  if (Object.keys(blocks.outputs).length > 0) document['output'] = blocks.outputs;
  if (Object.keys(blocks.resources).length > 0) document['resource'] = { ...blocks.resources };
  if (variables.length > 0) document['variable'] = Object.fromEntries(variables.map(variableBlock));
  return document;
}

function awsProviders(account: RenderAccount, blocks: Blocks, options: DocumentOptions): Json[] {
  const regions = account.supportedDeploymentRegions ?? [];
  const used = usedAliases(blocks);
  const aliased = options.allProviders ? regions : regions.filter((region) => used.has(region));
  const common = { skip_region_validation: true, default_tags: DEFAULT_TAGS };
  return [
    ...aliased.map((region) => ({ ...credentialArguments(options), region, alias: region, ...common })),
    { ...credentialArguments(options), region: account.resourcesDefaultRegion, ...common },
  ];
}

function terraformBlock(
  account: RenderAccount,
  state: StateLocation,
  blocks: Blocks,
  options: DocumentOptions,
): JsonObject {
  const required: JsonObject = { aws: { source: 'hashicorp/aws', version: account.providerVersion } };
  for (const [name, requirement] of Object.entries(OTHER_PROVIDERS)) {
    if (options.allProviders || usesProvider(blocks, name)) required[name] = requirement;
  }
  const { bucket, key, region } = state;
  return {
    backend: { s3: { ...credentialArguments(options), bucket, key, region } },
    required_providers: required,
    ...(options.terraformVersion === undefined ? {} : { required_version: options.terraformVersion }),
  };
}

function credentialArguments({ credentials }: DocumentOptions): JsonObject {
  if (credentials === undefined) return {};
  return { access_key: credentials.accessKeyId, secret_key: credentials.secretAccessKey };
}

/** The aliases that some resource or data source names as `aws.{alias}`. */
function usedAliases(blocks: Blocks): Set<string> {
  const used = new Set<string>();
  for (const ofKind of [blocks.resources, blocks.dataSources]) {
    for (const named of Object.values(ofKind)) {
      for (const { provider } of Object.values(named)) {
        if (typeof provider === 'string' && provider.startsWith('aws.')) used.add(provider.slice(4));
      }
    }
  }
  return used;
}

function usesProvider(blocks: Blocks, name: string): boolean {
  const types = [...Object.keys(blocks.resources), ...Object.keys(blocks.dataSources)];
  return types.some((type) => type.startsWith(`${name}_`));
}

function variableBlock({ name, sensitive, description }: ConfigVariable): [string, JsonObject] {
  return [name, { type: 'string', description, ...(sensitive ? { sensitive: true } : {}) }];
}
