import { delimiter } from 'node:path';

import type { Config } from '../../config/config.js';
import { UsageError } from '../../errors.js';
import type { World } from '../../world.js';
import { bundleFiles } from './bundle-files.js';
import { checkout } from './checkout.js';
import type { BundleSource } from './source.js';

/** Where app-interface's data is to come from, as one place (the flags, the environment) says it. */
export interface SourceChoice {
  /** A running GraphQL server. */
  readonly graphql?: string | undefined;
  /** Bundle files, the latest last. */
  readonly bundle?: readonly string[] | undefined;
  /** An app-interface checkout. */
  readonly appInterface?: string | undefined;
  /** A qontract-schemas checkout. */
  readonly schemas?: string | undefined;
}

/** What the environment says, each variable in the place of the flag of that name. */
export function choiceFromEnvironment(env: World['env']): SourceChoice {
  const read = (name: string): string | undefined => (env[name] === '' ? undefined : env[name]);
  return {
    graphql: read('TFREPAIR_GRAPHQL'),
    bundle: read('TFREPAIR_BUNDLE')?.split(delimiter),
    appInterface: read('TFREPAIR_APP_INTERFACE'),
    schemas: read('TFREPAIR_SCHEMAS'),
  };
}

/** What the configuration file says; a server that it names goes before a checkout. */
export function choiceFromConfig({ graphql, tfrepair }: Config): SourceChoice {
  const { app_interface: appInterface, schemas } = tfrepair;
  return graphql.server === undefined ? { appInterface, schemas } : { graphql: graphql.server, schemas };
}

/**
 * The first choice that names a source of data, with the first schemas checkout that any of them names: so a flag goes
 * before the environment, and that before the file.
 *
 * @throws UsageError when one place names two sources
 */
export function decideSource(choices: readonly SourceChoice[]): SourceChoice | undefined {
  const decided = choices.find((choice) => namesOf(choice).length > 0);
  if (decided === undefined) return undefined;
  const names = namesOf(decided);
  if (names.length > 1) {
    throw new UsageError('TwoSources', `${names.join(' and ')} cannot be used together`, {
      hint: `give only one of them`,
    });
  }
  const schemas = choices.map((choice) => choice.schemas).find((folder) => folder !== undefined);
  return { ...decided, schemas };
}

/** The source of bundles that a choice names; undefined for a choice of a running server. */
export function openSource(choice: SourceChoice, world: World): BundleSource | undefined {
  const { bundle = [], appInterface, schemas } = choice;
  if (bundle.length > 0) return bundleFiles(bundle, world.cwd);
  return appInterface === undefined ? undefined : checkout({ appInterface, schemas, world });
}

function namesOf({ graphql, bundle = [], appInterface }: SourceChoice): string[] {
  return [
    ...(graphql === undefined ? [] : ['--graphql']),
    ...(bundle.length === 0 ? [] : ['--bundle']),
    ...(appInterface === undefined ? [] : ['--app-interface']),
  ];
}
