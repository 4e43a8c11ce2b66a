import fc from 'fast-check';

/** What of a state is random; written out by `writeRandomState`. */
export interface RandomState {
  readonly serial: number;
  readonly resources: readonly RandomResource[];
  readonly outputs: Readonly<Record<string, object>>;
  readonly checkResults: readonly object[] | null;
}

export interface RandomResource {
  readonly module: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly provider: string;
  readonly instances: readonly RandomInstance[];
}

export interface RandomInstance {
  readonly key: string | number | undefined;
  readonly deposed: string | undefined;
  readonly members: Readonly<Record<string, unknown>>;
}

/** A number as it is to be written: JSON.stringify would change it. */
export function rawNumber(text: string): string {
  return `@number ${text}@`;
}

export const NASTY_KEYS = [
  ...[
    'x',
    'y',
    'a.b',
    'k"q',
    'back\\slash',
    '${x}',
    '%{y}',
    '$${z}',
    '$',
    'new\nline',
    'tab\t',
    'é',
    'e\u0301',
  ],
  ...[
    ' ',
    '',
    '0',
    '<b>&',
    '\u2028',
    '😀',
    '\u007f',
    '\u00a0',
    '\u200b',
    '*',
    ']',
    '["',
    "'",
    'ü/ö:1',
    '\u0001',
  ],
];

export const MODULES = [
  ...['', '', '', 'module.a', 'module.a["x"]', 'module.a[0]', 'module.a.module.b', 'module.a["x"].module.b'],
  ...['module.b', 'module.b.module.a', 'module.ab', 'module.c["k.\\"q\\n"]', 'module.c["$${x}"].module.b[1]'],
];

export const PROVIDERS = [
  'provider["registry.terraform.io/hashicorp/aws"]',
  'provider["registry.terraform.io/hashicorp/aws"].west',
  'provider["registry.terraform.io/hashicorp/null"]',
  'module.a.provider["registry.terraform.io/hashicorp/aws"].east',
  'provider["example.com/forks/aws"]',
  'provider["terraform.io/builtin/terraform"]',
];

export const TYPES = ['aws_sqs_queue', 'null_resource', 'aws_ami'];
export const NAMES = ['n', 'm', 'my-name_2'];

const ATTRIBUTES: readonly Record<string, unknown>[] = [
  { id: 'a', tags: null, nested: [{ deep: { empty: {}, list: [] } }] },
  { id: 'b', large: rawNumber('9007199254740993'), huge: rawNumber('1e400'), zero: rawNumber('-0.0') },
  { id: 'é😀', quoted: '"\\\n\t', exponent: rawNumber('1.50E+2') },
  { id: '', __proto__key: 1, constructor: 'x', secret: 'very' },
  {},
];

const DEPENDENCIES = [
  '',
  'module.a.',
  'module.b.',
  'module.a.module.b.',
  'module.ab.',
  'module.gone.',
].flatMap((module) =>
  ['', 'data.'].flatMap((mode) =>
    TYPES.flatMap((type) => NAMES.map((name) => `${module}${mode}${type}.${name}`)),
  ),
);

/** With probability 1/n. */
function rarely(n: number): fc.Arbitrary<boolean> {
  return fc.nat(n - 1).map((value) => value === 0);
}

const members = fc
  .record({
    tainted: rarely(5),
    schemaVersion: fc.nat(3),
    attributes: fc.constantFrom(...ATTRIBUTES),
    isFlat: rarely(10),
    isSensitive: rarely(5),
    hasPrivate: rarely(3),
    dependencies: fc.subarray(DEPENDENCIES, { maxLength: 3 }),
    createBeforeDestroy: rarely(5),
  })
  .map((random) => ({
    ...(random.tainted ? { status: 'tainted' } : {}),
    schema_version: random.schemaVersion,
    ...(random.isFlat ? { attributes_flat: { 'a.#': '1', id: 'x' } } : { attributes: random.attributes }),
    sensitive_attributes: random.isSensitive ? [[{ type: 'get_attr', value: 'secret' }]] : [],
    ...(random.hasPrivate ? { private: 'c2VjcmV0' } : {}),
    ...(random.dependencies.length > 0 ? { dependencies: random.dependencies } : {}),
    ...(random.createBeforeDestroy ? { create_before_destroy: true } : {}),
  }));

const keys = fc.oneof(
  { weight: 4, arbitrary: fc.constant([undefined]) },
  { weight: 2, arbitrary: fc.subarray([0, 1, 2, 10]) },
  { weight: 3, arbitrary: fc.subarray(NASTY_KEYS, { minLength: 1, maxLength: 3 }) },
  { weight: 1, arbitrary: fc.subarray([undefined, 0, 3], { minLength: 2 }) },
);

function instancesOf(chosen: readonly RandomInstance['key'][]): fc.Arbitrary<RandomInstance[]> {
  const ofKey = (key: RandomInstance['key']): fc.Arbitrary<RandomInstance[]> =>
    fc
      .record({
        current: rarely(12),
        deposed: rarely(6),
        all: fc.array(members, { minLength: 3, maxLength: 3 }),
      })
      .map(({ current, deposed, all: [first = {}, second = {}, third = {}] }) => [
        ...(current && deposed ? [] : [{ key, deposed: undefined, members: first }]),
        ...(deposed ? [{ key, deposed: '0a1b2c3d', members: second }] : []),
        ...(deposed && current ? [{ key, deposed: 'ffffffff', members: third }] : []),
      ]);
  return fc.tuple(...chosen.map(ofKey)).map((lists) => lists.flat());
}

const resource: fc.Arbitrary<RandomResource> = fc.record({
  module: fc.constantFrom(...MODULES),
  mode: fc.constantFrom('managed' as const, 'managed' as const, 'data' as const),
  type: fc.constantFrom(...TYPES.slice(0, 2)),
  name: fc.constantFrom(...NAMES),
  provider: fc.constantFrom(...PROVIDERS),
  instances: keys.chain(instancesOf),
});

/** Small states in which much is alike, so that operations meet what they can go wrong with. */
export const randomState: fc.Arbitrary<RandomState> = fc.record({
  serial: fc.constantFrom(0, 1, 7, 4_294_967_296),
  resources: fc.uniqueArray(resource, {
    minLength: 1,
    maxLength: 9,
    selector: ({ module, mode, type, name }) => `${module} ${mode} ${type} ${name}`,
  }),
  outputs: fc.constantFrom<Record<string, object>[]>(
    {},
    {
      a: { value: rawNumber('9007199254740993'), type: 'number' },
      b: { value: ['x'], type: ['list', 'string'], sensitive: true },
    },
  ),
  checkResults: fc.constantFrom(null, [
    {
      object_kind: 'resource',
      config_addr: 'null_resource.n',
      status: 'fail',
      objects: [{ object_addr: 'null_resource.n', status: 'fail', failure_messages: ['no'] }],
    },
  ]),
});
