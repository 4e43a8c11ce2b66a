import { createHash } from 'node:crypto';

import { createEngine } from '../../src/qontract-server/graphql/engine.js';
import type { LoadedBundle } from '../../src/qontract-server/http/registry.js';
import { parseBundle } from '../../src/qontract-server/bundle/parse.js';

const roleFields = [
  { name: 'path', type: 'string', isRequired: true },
  { name: 'schema', type: 'string', isRequired: true },
  { name: 'name', type: 'string', isRequired: true, isSearchable: true },
  { name: 'notes', type: 'string' },
];

const graphql = {
  $schema: '/app-interface/graphql-schemas-1.yml',
  confs: [
    { name: 'Role_v1', datafile: '/access/role-1.yml', fields: roleFields },
    {
      name: 'Query',
      fields: [{ name: 'roles_v1', type: 'Role_v1', isList: true, datafileSchema: '/access/role-1.yml' }],
    },
  ],
};

/** The parts of a bundle that tests vary. */
export interface SmallBundle {
  /** Path → fields of a role. */
  readonly roles?: Readonly<Record<string, object>>;
  /** Path → content of a resource; its checksum is made from the content. */
  readonly resources?: Readonly<Record<string, string>>;
  readonly commit?: string;
  readonly timestamp?: string;
}

/** The bytes of a bundle of made-up roles. */
export function smallBundle(parts: SmallBundle = {}): Buffer {
  const { roles = { '/roles/cook.yml': { name: 'cook' } }, resources = {}, ...commit } = parts;
  const data = Object.entries(roles).map(
    ([path, fields]) => [path, { $schema: '/access/role-1.yml', ...fields }] as const,
  );
  const files = Object.entries(resources).map(
    ([path, content]) =>
      [path, { path, content, $schema: null, sha256sum: `sum of ${content}`, backrefs: [] }] as const,
  );
  return Buffer.from(
    JSON.stringify({
      data: Object.fromEntries(data),
      resources: Object.fromEntries(files),
      schemas: {},
      graphql,
      git_commit: commit.commit ?? 'c0ffee',
      git_commit_timestamp: commit.timestamp ?? '1700000000',
    }),
  );
}

/** The same, ready to be registered. */
export function loadedBundle(parts: SmallBundle = {}): LoadedBundle {
  const bundle = parseBundle(smallBundle(parts), 'small bundle');
  return { bundle, engine: createEngine(bundle) };
}

/** The name that the server has for these bytes. */
export function shaOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
