import type { Datafiles } from './datafiles.js';
import type { TypeConf } from './type-conf.js';

/** A file of an app-interface's `data/`, as the bundler wrote it, with its own bundle key added as `path`. */
export interface Datafile {
  readonly $schema: string;
  readonly path: string;
  readonly [field: string]: unknown;
}

/** A file of an app-interface's `resources/`: its text, and who refers to it. */
export interface Resource {
  readonly path: string;
  readonly content: string;
  /** Of the file's bytes, in hexadecimal. */
  readonly sha256sum: string;
  /** The schema that a YAML resource names for itself; null for every other. */
  readonly $schema?: unknown;
  readonly [field: string]: unknown;
}

/** Something in a bundle that cannot be served as it stands. The rest of the bundle is served all the same. */
export interface BundleProblem {
  /** The bundle key of the file, e.g. `/aws/prod/account.yml`. */
  readonly file: string;
  /** Where in that file, e.g. `automationToken.$ref`; '' for the file as a whole. */
  readonly field: string;
  /** What is wrong, naming file and field: lower case start, no final full stop. */
  readonly message: string;
}

/** A bundle that has been parsed, checked and made ready to be queried. */
export interface Bundle {
  /** What messages call it: the path of its file, or of the checkout it was built from. */
  readonly name: string;
  /** Of the bundle's bytes, in hexadecimal: the bundle's name in the API. */
  readonly sha256: string;
  /** The app-interface commit; '' where the bundle names none. */
  readonly gitCommit: string;
  /** Seconds since the epoch, as text; '' where the bundle names none. */
  readonly gitCommitTimestamp: string;
  /** Bundle key → datafile, in the order of the bundle. Each is parsed when it is first asked for. */
  readonly datafiles: Datafiles;
  /** Bundle key → resource, likewise. */
  readonly resources: ReadonlyMap<string, Resource>;
  /** What the GraphQL schema is made from. */
  readonly confs: readonly TypeConf[];
  /** What was left out, or leads nowhere. */
  readonly problems: readonly BundleProblem[];
}

export type { TypeConf };
