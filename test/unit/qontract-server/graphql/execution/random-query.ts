import fc, { type GeneratorValue } from 'fast-check';

import type { RandomBundle, RandomField, RandomType } from './random-bundle.js';

/** Deeper than this, only `__typename` is asked. */
const MAX_DEPTH = 5;

/** The variables that every random query declares, and uses. */
export const VARIABLES = { no: false, text: '/alpha-1.yml', json: { kind: 'a' } };

const HEAD = `query ($yes: Boolean = true, $no: Boolean!, $text: String, $json: JSON) {
  declared: __typename @include(if: $yes) @skip(if: $no)
  used: alphas(path: $text, filter: $json) { name }`;

/** A random query of a bundle's schema; valid, but for fields of one name that do not go together. */
export function randomQuery(bundle: RandomBundle): fc.Arbitrary<string> {
  return fc.gen().map((draw) => new QueryMaker(draw, bundle.graphql.confs).query());
}

class QueryMaker {
  private readonly fragments: string[] = [];
  private aliases = 0;

  constructor(
    private readonly draw: GeneratorValue,
    private readonly confs: readonly RandomType[],
  ) {}

  query(): string {
    const selections = this.selections(this.typeNamed('Query'), 0);
    return [`${HEAD} ${selections.slice(1)}`, ...this.fragments].join('\n');
  }

  /** A selection set, braces included. */
  private selections(type: RandomType, depth: number): string {
    if (depth > MAX_DEPTH) return '{ __typename }';
    const count = 1 + this.nat(3);
    const selections = Array.from({ length: count }, () => this.selection(type, depth));
    return `{ ${selections.join(' ')} }`;
  }

  private selection(type: RandomType, depth: number): string {
    const choice = this.nat(9);
    if (choice === 0) return `__typename${this.directive()}`;
    if (choice > 3) return this.field(type, depth);
    const condition = this.pick(this.overlapping(type));
    const body = this.selections(this.typeNamed(condition), depth + 1);
    if (choice > 1) return `... on ${condition}${this.directive()} ${body}`;
    const name = `Fragment${this.fragments.length}`;
    this.fragments.push(`fragment ${name} on ${condition} ${body}`);
    return `...${name}${this.directive()} ${this.nat(2) === 0 ? `...${name}` : ''}`;
  }

  private field(type: RandomType, depth: number): string {
    const field = this.pick(type.fields);
    const alias = this.nat(3) === 0 ? '' : `f${this.aliases++}: `;
    const head = `${alias}${field.name}${this.args(field)}${this.directive()}`;
    const target = field['resolveResource'] === true ? 'Resource_v1' : field.type;
    const composite = this.confs.find(({ name }) => name === target);
    return composite === undefined ? head : `${head} ${this.selections(composite, depth + 1)}`;
  }

  private args(field: RandomField): string {
    if (field.type === 'Resource_v1')
      return this.pick(['', '(path: "/one.txt")', '(path: "/none")', '(schema: "/text-1.yml")']);
    if (field['datafileSchema'] === undefined) return '';
    const filters = [
      '{ kind: "a" }',
      '{ one: null }',
      '{ one: { ne: null } }',
      '{ nope: 1 }',
      '{ name: { in: ["alp"] } }',
    ];
    return this.pick([
      '',
      '',
      '(path: "/beta-1.yml")',
      '(path: null)',
      ...filters.map((filter) => `(filter: ${filter})`),
    ]);
  }

  private directive(): string {
    return this.pick([
      '',
      '',
      '',
      '',
      ' @skip(if: $no)',
      ' @include(if: $yes)',
      ' @skip(if: true)',
      ' @include(if: $no)',
    ]);
  }

  /** The types of which an object of a type may be. */
  private overlapping(type: RandomType): string[] {
    const implementations = this.confs.filter(
      (conf) => !conf.isInterface && this.implements(conf, type.name),
    );
    const own = ['BySchema', 'ByKind', 'DatafileObject_v1'].filter((name) => this.implements(type, name));
    return [type.name, ...implementations.map(({ name }) => name), ...own];
  }

  private implements(conf: RandomType, name: string): boolean {
    return conf.interface === name || (name === 'DatafileObject_v1' && conf['datafile'] !== undefined);
  }

  private typeNamed(name: string): RandomType {
    return this.confs.find((conf) => conf.name === name) ?? { name, fields: [] };
  }

  private pick<T>(choices: readonly T[]): T {
    return this.draw(() => fc.constantFrom(...choices));
  }

  private nat(max: number): number {
    return this.draw(() => fc.nat(max));
  }
}
