import type { AwsAccount } from '../app-interface/accounts.js';
import { isJsonObject, type JsonObject } from '../json.js';
import { configDocument, RECONCILE_TERRAFORM_VERSION, type StateLocation } from './document.js';
import type { RenderAccount } from './model/account.js';
import { Blocks } from './model/document.js';
import type { ExistingOutputs } from './model/outputs.js';
import { specLabel, type Spec } from './model/spec.js';
import type { ConfigVariable } from './model/variables.js';
import { answerAll, type Outside } from './outside.js';
import { randomPassword } from './random-password.js';
import { rendererOf } from './registry.js';
import { needsOf, renderSpecs, type RenderedSpecs, type SpecsInput, type Unknown } from './render-specs.js';
import { terraformNameWarnings } from './terraform-names.js';
import { indexSpecs } from './spec-index.js';

/** Choices of the user's about the rendered config. */
export interface RenderOptions {
  /** As qontract-reconcile writes it: credentials and secrets in plain text, every provider, its Terraform's pin. */
  readonly compat: boolean;
  /** Every region's provider, used or not. */
  readonly allProviders: boolean;
  /** Exact pin for `required_version`. */
  readonly terraformVersion: string | undefined;
  /** Leave out external resources whose provider tfrepair does not know. */
  readonly skipUnknown: boolean;
}

/** What one account's config is rendered from. */
export interface AccountInput {
  readonly account: AwsAccount;
  /** The account's specs, in the reconcile loop's order. */
  readonly specs: readonly Spec[];
  readonly state: StateLocation;
  readonly existing: ExistingOutputs;
  readonly content: SpecsInput['content'];
  readonly yaml: SpecsInput['yaml'];
  readonly outside: Outside;
  /** Needed with `compat` only, which writes them. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
}

/** A rendered config, and what there is to say about it. */
export interface RenderedConfig {
  readonly document: JsonObject;
  /** Variables of the document; the values of the sensitive ones travel as `TF_VAR_{name}`. */
  readonly variables: readonly ConfigVariable[];
  readonly unknowns: readonly Unknown[];
  readonly warnings: readonly string[];
  /** Specs left out for want of a renderer. */
  readonly skipped: readonly Spec[];
}

/** Resources, data sources and outputs in a config. */
export function countBlocks(document: JsonObject): {
  resources: number;
  dataSources: number;
  outputs: number;
} {
  const count = (kind: string): number =>
    Object.values(objectAt(document, kind)).reduce<number>(
      (sum, named) => sum + Object.keys(isJsonObject(named) ? named : {}).length,
      0,
    );
  const outputs = Object.keys(objectAt(document, 'output')).length;
  return { resources: count('resource'), dataSources: count('data'), outputs };
}

function objectAt(document: JsonObject, key: string): JsonObject {
  const value = document[key];
  return isJsonObject(value) ? value : {};
}

/** Renders the `config.tf.json` of one account. @throws FailedError naming the spec whose data is wrong */
export async function renderAccount(input: AccountInput, options: RenderOptions): Promise<RenderedConfig> {
  const [specs, skipped] = split(input.specs, options.skipUnknown);
  const account = renderedAccount(input.account);
  const base: SpecsInput = {
    account,
    specs,
    find: indexSpecs(specs),
    existing: input.existing,
    content: input.content,
    yaml: input.yaml,
    answers: new Map(),
    randomPassword,
    plainSecrets: options.compat,
  };
  const answers = await answerAll(needsOf(base), account, input.outside);
  const result = renderSpecs({ ...base, answers });
  const { blocks, warnings } = mergeSpecs(result);
  const variables = result.variables.all();
  const document = configDocument(account, input.state, blocks, variables, {
    terraformVersion: options.terraformVersion ?? (options.compat ? RECONCILE_TERRAFORM_VERSION : undefined),
    allProviders: options.allProviders || options.compat,
    credentials: options.compat ? input.credentials : undefined,
  });
  return {
    document,
    variables,
    unknowns: result.unknowns,
    warnings: [...warnings, ...terraformNameWarnings(blocks)],
    skipped,
  };
}

/** The part of an app-interface account that rendering sees. */
export function renderedAccount(account: AwsAccount): RenderAccount {
  return {
    name: account.name,
    uid: account.uid,
    partition: account.partition ?? 'aws',
    resourcesDefaultRegion: account.resourcesDefaultRegion,
    supportedDeploymentRegions: account.supportedDeploymentRegions ?? null,
    providerVersion: account.providerVersion,
    terraformUsername: account.terraformUsername ?? null,
  };
}

function split(specs: readonly Spec[], skipUnknown: boolean): [known: Spec[], skipped: Spec[]] {
  if (!skipUnknown) return [[...specs], []];
  const isKnown = ({ provider }: Spec): boolean => rendererOf(provider) !== undefined;
  return [specs.filter(isKnown), specs.filter((spec) => !isKnown(spec))];
}

/**
 * One set of blocks from those of all specs. A later spec's block wins, as in the original; where it differs from the
 * earlier one that is an error in the data, and is said.
 */
function mergeSpecs(result: RenderedSpecs): { blocks: Blocks; warnings: string[] } {
  const blocks = new Blocks();
  const ownerOf = new Map<string, Spec>();
  const warnings = result.warnings.map(({ spec, text }) => `${specLabel(spec)}: ${text}`);
  for (const { spec, blocks: own } of result.rendered) {
    for (const address of blocks.merge(own)) {
      const first = ownerOf.get(address);
      const loser = first === undefined ? '' : ` of ${specLabel(first)}`;
      warnings.push(`${specLabel(spec)}: its ${address} replaces the different one${loser}`);
    }
    for (const address of own.allNames()) ownerOf.set(address, spec);
  }
  return { blocks, warnings };
}
