import type { Json, JsonObject } from '../../json.js';
import { blocksOf, type Block } from './blocks.js';
import { literalText } from './literal.js';

/** What one folder of a configuration says, its overrides merged in. */
export interface ModuleConfig {
  /** Bodies by address within the module, e.g. `aws_sqs_queue.q` or `data.aws_ami.web`. */
  readonly resources: ReadonlyMap<string, JsonObject>;
  /** Bodies of `module` blocks by name. */
  readonly calls: ReadonlyMap<string, JsonObject>;
  /** `required_version`, each as written. */
  readonly requiredVersions: readonly string[];
  /** `source` of the required providers by local name; undefined where none is given. */
  readonly requiredProviders: ReadonlyMap<string, string | undefined>;
  readonly backend: BackendBlock | undefined;
}

/** A `backend` block, or a `cloud` block with the type `cloud`. */
export interface BackendBlock {
  readonly type: string;
  readonly body: JsonObject;
}

/** A file's body. */
export interface ConfigBody {
  readonly body: JsonObject;
  readonly isOverride: boolean;
}

/**
 * Puts the files of a folder together, as Terraform does: an override file's block replaces the arguments and nested
 * blocks that it names in the block of the same labels. An override of what is not there is left to Terraform to refuse.
 *
 * @param files those with overrides last
 * @see https://developer.hashicorp.com/terraform/language/files/override
 */
export function moduleConfig(files: readonly ConfigBody[]): ModuleConfig {
  const resources = new Map<string, JsonObject>();
  const calls = new Map<string, JsonObject>();
  for (const { body, isOverride } of files) {
    for (const [address, block] of resourceBlocks(body)) merge(resources, address, block, isOverride);
    for (const { labels, body: call } of blocksOf(body, 'module', 1)) {
      merge(calls, labels.join('.'), call, isOverride);
    }
  }
  return { resources, calls, ...terraformBlocks(files) };
}

function merge(into: Map<string, JsonObject>, key: string, block: JsonObject, isOverride: boolean): void {
  const base = into.get(key);
  if (base === undefined && isOverride) return;
  into.set(key, { ...base, ...block });
}

/** Resources, data sources, and the data sources inside `check` blocks, which are addressed like any other. */
function* resourceBlocks(body: JsonObject): Iterable<[string, JsonObject]> {
  const checks = blocksOf(body, 'check', 1).flatMap((check) => blocksOf(check.body, 'data', 2));
  const data = [...blocksOf(body, 'data', 2), ...checks];
  for (const { labels, body: resource } of blocksOf(body, 'resource', 2)) yield [labels.join('.'), resource];
  for (const { labels, body: source } of data) yield [`data.${labels.join('.')}`, source];
}

type TerraformSettings = Pick<ModuleConfig, 'requiredVersions' | 'requiredProviders' | 'backend'>;

function terraformBlocks(files: readonly ConfigBody[]): TerraformSettings {
  const requiredProviders = new Map<string, string | undefined>();
  let requiredVersions: string[] = [];
  let backend: BackendBlock | undefined;
  for (const { body, isOverride } of files) {
    const settings = blocksOf(body, 'terraform', 0);
    const versions = settings.flatMap((block) => literalText(block.body['required_version']) ?? []);
    if (versions.length > 0) requiredVersions = isOverride ? versions : [...requiredVersions, ...versions];
    for (const [name, source] of settings.flatMap(requiredProvidersOf)) requiredProviders.set(name, source);
    backend = settings.flatMap(backendOf).at(-1) ?? backend;
  }
  return { requiredVersions, requiredProviders, backend };
}

function backendOf({ body }: Block): BackendBlock[] {
  const backends = blocksOf(body, 'backend', 1);
  const clouds = blocksOf(body, 'cloud', 0);
  return [
    ...backends.map(({ labels, body: settings }) => ({ type: labels.join('.'), body: settings })),
    ...clouds.map(({ body: settings }) => ({ type: 'cloud', body: settings })),
  ];
}

function requiredProvidersOf({ body }: Block): [string, string | undefined][] {
  return blocksOf(body, 'required_providers', 0).flatMap(({ body: providers }) =>
    Object.entries(providers).map(([name, wanted]): [string, string | undefined] => [name, sourceOf(wanted)]),
  );
}

/** A requirement is an object with a `source`, or, as before Terraform 0.13, a version alone. */
function sourceOf(wanted: Json): string | undefined {
  const [settings] = blocksOf({ wanted }, 'wanted', 0);
  return literalText(settings?.body['source']);
}
