import fc, { type GeneratorValue } from 'fast-check';

export type Json = Record<string, unknown>;

export interface RandomField {
  readonly name: string;
  readonly type: string;
  readonly [flag: string]: unknown;
}

export interface RandomType {
  readonly name: string;
  readonly fields: readonly RandomField[];
  readonly isInterface?: boolean;
  readonly interface?: string;
  readonly [flag: string]: unknown;
}

/** A bundle as the bundler writes it; `graphql` is the part that the schema is made from. */
export interface RandomBundle {
  readonly data: Json;
  readonly resources: Json;
  readonly graphql: { readonly confs: readonly RandomType[] };
}

const DATAFILE_TYPES = ['Alpha', 'Beta', 'Gamma'];
const PATHS = DATAFILE_TYPES.flatMap((type) => [0, 1, 2].map((n) => `/${type.toLowerCase()}-${n}.yml`));
const PART_TYPES = ['PartA', 'PartB'];
const INTERFACES = ['ByKind', 'BySchema', 'DatafileObject_v1'];

/** The fields whose types and values vary from bundle to bundle. */
const VARYING = ['one', 'two', 'three', 'four'];

/** A bundle with a random schema, and data that mostly does not fit it: every error of an execution occurs. */
export const randomBundle: fc.Arbitrary<RandomBundle> = fc.gen().map((draw) => ({
  data: Object.fromEntries(
    PATHS.map((path) => [path, { $schema: schemaOf(path), ...object(draw, 0), name: path.slice(1, 4) }]),
  ),
  resources: {
    '/one.txt': { path: '/one.txt', content: 'one', sha256sum: 'c0ffee', $schema: null },
    '/two.txt': { path: '/two.txt', content: 'two', sha256sum: 'beef', $schema: '/text-1.yml' },
  },
  graphql: { confs: [query, ...interfaces, resource, ...datafileTypes(draw), ...partTypes(draw)] },
}));

function schemaOf(path: string): string {
  return `${path.replace(/-\d\.yml$/, '')}-1.yml`;
}

function field(name: string, type: string, flags: Json = {}): RandomField {
  return { name, type, ...flags };
}

const list = { isList: true };

const query: RandomType = {
  name: 'Query',
  fields: [
    ...DATAFILE_TYPES.map((type) =>
      field(`${type.toLowerCase()}s`, type, { ...list, datafileSchema: `/${type.toLowerCase()}-1.yml` }),
    ),
    field('things', 'BySchema', { ...list, isInterface: true, datafileSchema: '/beta-1.yml' }),
    field('required', 'DatafileObject_v1', {
      ...{ ...list, isRequired: true, isInterface: true },
      datafileSchema: '/gamma-1.yml',
    }),
    field('resources', 'Resource_v1', { ...list, isResource: true }),
    field('nothing', 'Alpha'),
  ],
};

const interfaces: RandomType[] = [
  {
    name: 'ByKind',
    isInterface: true,
    interfaceResolve: {
      strategy: 'fieldMap',
      field: 'kind',
      fieldMap: { a: 'PartA', b: 'PartB', c: 'Alpha', d: 'Nowhere', e: 'BySchema' },
    },
    fields: [field('kind', 'string'), field('name', 'string')],
  },
  {
    name: 'BySchema',
    isInterface: true,
    interfaceResolve: { strategy: 'schema' },
    fields: [field('name', 'string')],
  },
  {
    name: 'DatafileObject_v1',
    isInterface: true,
    interfaceResolve: { strategy: 'schema' },
    fields: [field('schema', 'string'), field('path', 'string')],
  },
];

const resource: RandomType = {
  name: 'Resource_v1',
  fields: ['path', 'content', 'schema'].map((name) => field(name, 'string')),
};

function datafileTypes(draw: GeneratorValue): RandomType[] {
  return DATAFILE_TYPES.map((name) => ({
    name,
    datafile: `/${name.toLowerCase()}-1.yml`,
    ...(name === 'Gamma' ? {} : { interface: 'BySchema' }),
    fields: [
      ...['schema', 'path', 'kind'].map((plain) => field(plain, 'string')),
      field('name', 'string', { isSearchable: true }),
      field('text', 'string', { isResource: true, resolveResource: true }),
      field('back', 'Beta', { ...list, synthetic: { schema: '/beta-1.yml', subAttr: 'one' } }),
      field('deepBack', 'Alpha', { ...list, synthetic: { schema: '/alpha-1.yml', subAttr: 'two.three' } }),
      ...VARYING.map((varying) => varyingField(draw, varying)),
    ],
  }));
}

function partTypes(draw: GeneratorValue): RandomType[] {
  return PART_TYPES.map((name) => ({
    name,
    interface: 'ByKind',
    fields: [
      ...['kind', 'name'].map((plain) => field(plain, 'string')),
      ...VARYING.map((varying) => varyingField(draw, varying)),
    ],
  }));
}

function varyingField(draw: GeneratorValue, name: string): RandomField {
  const scalar = fc.constantFrom('string', 'int', 'float', 'boolean', 'json');
  const composite = fc.constantFrom(...DATAFILE_TYPES, ...PART_TYPES, ...INTERFACES);
  const type = draw(() => fc.oneof(scalar, { weight: 2, arbitrary: composite }));
  const flags = { isList: draw(() => fc.boolean()), isRequired: draw(() => fc.nat(3)) === 0 };
  return field(name, type, { ...flags, ...(INTERFACES.includes(type) ? { isInterface: true } : {}) });
}

function object(draw: GeneratorValue, depth: number): Json {
  const names = draw(() => fc.subarray([...VARYING, 'kind', 'text', 'name', '$schema', 'path']));
  return Object.fromEntries(names.map((name) => [name, fieldValue(draw, name, depth)]));
}

function fieldValue(draw: GeneratorValue, name: string, depth: number): unknown {
  if (name === 'kind') return pick(draw, ['a', 'b', 'a', 'b', 'c', 'd', 'e', 'f']);
  if (name === 'text') return pick(draw, ['/one.txt', '/none.txt', '/two.txt']);
  if (name === '$schema') return pick(draw, ['/alpha-1.yml', '/beta-1.yml', '/none-1.yml', '']);
  return value(draw, depth);
}

function value(draw: GeneratorValue, depth: number): unknown {
  const form = pick(draw, ['scalar', 'reference', 'object', 'references', 'objects', 'mixed']);
  if (form === 'reference') return reference(draw);
  if (form === 'references') return many(draw, () => reference(draw));
  if (form === 'scalar' || depth > 2) return scalar(draw);
  if (form === 'object') return object(draw, depth + 1);
  if (form === 'objects') return many(draw, () => object(draw, depth + 1));
  return many(draw, () => value(draw, depth + 1));
}

function many(draw: GeneratorValue, make: () => unknown): unknown[] {
  return Array.from({ length: draw(() => fc.nat(3)) }, make);
}

const SCALARS = ['text', '', 'é"\\\n\u2028', '7', 0, 3, 1.5, 2 ** 40, true, false, null];

function scalar(draw: GeneratorValue): unknown {
  return pick(draw, SCALARS);
}

function reference(draw: GeneratorValue): Json {
  return { $ref: pick(draw, [...PATHS, '/none.yml', '/alpha-0.yml#/one', '/alpha-0.yml$/one']) };
}

function pick<T>(draw: GeneratorValue, choices: readonly T[]): T {
  return draw(() => fc.constantFrom(...choices));
}
