import type { RandomInstance, RandomResource, RandomState } from './random-state.js';

/** A choice among so many, e.g. of a random stream. */
export type Choose = (count: number) => number;

/** The state as Terraform itself lays it out: its order, its escapes, its white space. */
export function writeAsTerraform(state: RandomState, version: string): string {
  const resources = [...state.resources].sort(compareResources).map((resource) => ({
    ...(resource.module === '' ? {} : { module: resource.module }),
    mode: resource.mode,
    type: resource.type,
    name: resource.name,
    provider: resource.provider,
    instances: [...resource.instances].sort(compareInstances).map(instanceJson),
  }));
  return `${written(topLevel(state, version, resources), 2)}\n`;
}

/** The same state in another order and layout, with members that Terraform does not know. */
export function writeWildly(state: RandomState, version: string, choose: Choose): string {
  const resources = shuffled(state.resources, choose).map((resource) => {
    const instances = shuffled(resource.instances, choose).map((instance) =>
      shuffledMembers(
        { ...instanceJson(instance), ...(choose(4) === 0 ? { unknown: { a: 1 } } : {}) },
        choose,
      ),
    );
    const { module, mode, type, name, provider } = resource;
    const known = { ...(module === '' ? {} : { module }), mode, type, name, provider, instances };
    return shuffledMembers({ ...known, ...(choose(4) === 0 ? { each: 'list' } : {}) }, choose);
  });
  const document = { ...topLevel(state, version, resources), unknown: [{}, [], ' '] };
  return written(shuffledMembers(document, choose), [0, 1, 2, 3][choose(4)] ?? 0);
}

function topLevel(
  state: RandomState,
  version: string,
  resources: readonly object[],
): Record<string, unknown> {
  return {
    version: 4,
    terraform_version: version,
    serial: state.serial,
    lineage: '3f0e4dd7-1f86-4f11-9d3b-2d8d1a5c0c4e',
    outputs: state.outputs,
    resources,
    check_results: state.checkResults,
  };
}

function instanceJson({ key, deposed, members }: RandomInstance): Record<string, unknown> {
  const { status, ...rest } = members;
  return {
    ...(key === undefined ? {} : { index_key: key }),
    ...(status === undefined ? {} : { status }),
    ...(deposed === undefined ? {} : { deposed }),
    ...rest,
  };
}

/** Parses a state whose numbers stay as they are written: as texts, which `written` makes numbers again. */
export function parseExactly(text: string): unknown {
  const withoutNumbers = text.replaceAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) =>
    token.startsWith('"') ? token : `"@number ${token}@"`,
  );
  return JSON.parse(withoutNumbers);
}

/** JSON with the escapes that Terraform writes. */
export function written(document: object, indent: number): string {
  return JSON.stringify(document, null, indent)
    .replaceAll(/"@number ([^@]+)@"/g, '$1')
    .replaceAll(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function shuffledMembers(object: Record<string, unknown>, choose: Choose): Record<string, unknown> {
  return Object.fromEntries(shuffled(Object.entries(object), choose));
}

function shuffled<T>(items: readonly T[], choose: Choose): T[] {
  const rest = [...items];
  return items.flatMap(() => rest.splice(choose(rest.length), 1));
}

function compareResources(a: RandomResource, b: RandomResource): number {
  return (
    compareBytes(a.module, b.module) ||
    compareBytes(a.mode, b.mode) ||
    compareBytes(a.type, b.type) ||
    compareBytes(a.name, b.name)
  );
}

function compareInstances(a: RandomInstance, b: RandomInstance): number {
  const byKey =
    typeof a.key === 'number' && typeof b.key === 'number'
      ? a.key - b.key
      : compareBytes(sortable(a.key), sortable(b.key));
  return byKey || compareBytes(a.deposed ?? '', b.deposed ?? '');
}

/** None first, then numbers, then texts. */
function sortable(key: RandomInstance['key']): string {
  return key === undefined ? '' : typeof key === 'number' ? `1${key}` : `2${key}`;
}

function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
