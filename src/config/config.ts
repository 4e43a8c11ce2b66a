import type { GraphqlSection, TfrepairSection, VaultSection } from './schema.js';
import { SecretsTable } from './secrets-table.js';

/** The configuration file: qontract-reconcile's TOML, of which `[tfrepair]` is ours. Printing it prints no secret. */
export interface Config {
  /** The file's absolute path; undefined when none was named. */
  readonly file: string | undefined;
  readonly graphql: GraphqlSection;
  /** Undefined when the file has no `[vault]`. */
  readonly vault: VaultSection | undefined;
  readonly tfrepair: TfrepairSection;
  /** The secrets that the file holds itself, with `vault: false` in app-interface. */
  readonly secrets: SecretsTable;
}

/** The configuration of somebody who has none. */
export const EMPTY_CONFIG: Config = {
  file: undefined,
  graphql: {},
  vault: undefined,
  tfrepair: {},
  secrets: new SecretsTable({}),
};
