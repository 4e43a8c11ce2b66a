import type { GraphqlSection, TfrepairSection, VaultSection } from './schema.js';

/** The configuration file: qontract-reconcile's TOML, of which `[tfrepair]` is ours. */
export interface Config {
  /** The file's absolute path; undefined when none was named. */
  readonly file: string | undefined;
  readonly graphql: GraphqlSection;
  /** Undefined when the file has no `[vault]`. */
  readonly vault: VaultSection | undefined;
  readonly tfrepair: TfrepairSection;
  /**
   * The whole document as parsed. With `vault: false` in app-interface the secrets are in here, each as a table whose
   * path is the secret's path split on `/`.
   */
  readonly document: Readonly<Record<string, unknown>>;
}

/** The configuration of somebody who has none. */
export const EMPTY_CONFIG: Config = {
  file: undefined,
  graphql: {},
  vault: undefined,
  tfrepair: {},
  document: {},
};
