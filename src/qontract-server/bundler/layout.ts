import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { FailedError } from '../../errors.js';

/** Where the parts of a bundle are read from. */
export interface Layout {
  readonly data: string;
  readonly resources: string;
  readonly schemas: string;
  readonly graphql: string;
}

/**
 * Finds the parts of a bundle: `data` and `resources` in an app-interface checkout, `schemas` and
 * `graphql-schemas/schema.yml` in there too or in a qontract-schemas checkout.
 *
 * @param schemas the qontract-schemas checkout, if one is given
 * @throws FailedError `BundleFolderMissing` naming what is missing
 */
export function findLayout(appInterface: string, schemas: string | undefined): Layout {
  const dataHint =
    'name an app-interface checkout with --app-interface DIR: the folder that holds data and resources';
  const schemasHint =
    'name a qontract-schemas checkout with --schemas DIR: the folder that holds schemas and graphql-schemas';
  const schemasRoot = schemas ?? appInterface;
  return {
    data: existing(join(appInterface, 'data'), dataHint),
    resources: existing(join(appInterface, 'resources'), dataHint),
    schemas: existing(join(schemasRoot, 'schemas'), schemasHint),
    graphql: existing(join(schemasRoot, 'graphql-schemas', 'schema.yml'), schemasHint),
  };
}

function existing(path: string, hint: string): string {
  if (existsSync(path)) return path;
  throw new FailedError('BundleFolderMissing', `${path} does not exist`, { hint });
}
