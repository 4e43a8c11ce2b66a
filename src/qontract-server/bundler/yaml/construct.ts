import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Alias,
  type Node,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

import type { FailedError } from '../../../errors.js';
import { sourceError, type Source } from '../source-error.js';
import { isMapping, type List, type Mapping, type Value } from '../value.js';
import { keyProblem, toKey } from './keys.js';
import { NotJson, resolvePlain } from './resolve-scalar.js';
import { resolveTagged, unusableTag } from './resolve-tagged.js';

/** How many values one document may hold once its aliases are written out: more is an attack or an accident. */
const MAX_VALUES = 5_000_000;

/** Makes values of the nodes of one document, in the order of the file. */
export class Construction {
  readonly #source: Source;
  /** What each anchor stands for so far; undefined while its node is being made. */
  readonly #anchors = new Map<string, { value: Value; size: number } | undefined>();
  /** The values so far, aliases written out. */
  #size = 0;

  constructor(source: Source) {
    this.#source = source;
  }

  /** @param node null where the file has no content */
  value(node: unknown, key = ''): Value {
    this.#size++;
    if (isAlias(node)) return this.#alias(node);
    if (isScalar(node)) return this.#anchored(node, () => this.#scalar(node, key));
    if (isMap(node)) return this.#anchored(node, () => this.#mapping(node, key));
    if (isSeq(node)) return this.#anchored(node, () => this.#list(node, key));
    return null;
  }

  #anchored(node: Scalar | YAMLMap | YAMLSeq, make: () => Value): Value {
    if (node.anchor === undefined) return make();
    const before = this.#size;
    this.#anchors.set(node.anchor, undefined);
    const value = make();
    this.#anchors.set(node.anchor, { value, size: this.#size - before });
    return value;
  }

  #alias(node: Alias): Value {
    const target = this.#anchors.get(node.source);
    if (target === undefined) {
      const known = this.#anchors.has(node.source);
      throw this.#error(
        node,
        known ? `*${node.source} contains itself` : `there is no &${node.source} before this alias`,
      );
    }
    this.#size += target.size;
    if (this.#size > MAX_VALUES)
      throw this.#error(node, `with its aliases written out, it holds more than ${MAX_VALUES} values`);
    return target.value;
  }

  #scalar(node: Scalar, key: string): Value {
    const text = String(node.value);
    const plain = node.tag === undefined && node.type === 'PLAIN';
    let value: ReturnType<typeof resolvePlain> = text;
    if (plain) value = resolvePlain(text);
    else if (node.tag !== undefined) value = resolveTagged(node.tag, text);
    if (value instanceof NotJson) throw this.#notJson(node, key, `${value.what} (${text})`);
    return value;
  }

  #list(node: YAMLSeq, key: string): List {
    this.#checkTag(node, key);
    return node.items.map((item) => {
      if (!isPair(item)) return this.value(item, key);
      // `[a: 1]` is a list of one-entry mappings.
      const mapping: Mapping = new Map();
      this.#entry(mapping, item.key, item.value);
      return mapping;
    });
  }

  #mapping(node: YAMLMap, key: string): Mapping {
    this.#checkTag(node, key);
    const merged: Mapping[] = [];
    const own: Mapping = new Map();
    for (const item of node.items) {
      if (isMergeKey(item.key)) merged.push(...this.#mergeSources(item.value));
      else this.#entry(own, item.key, item.value);
    }
    const mapping = merged.length === 0 ? own : new Map([...merged.flatMap((source) => [...source]), ...own]);
    const problem = keyProblem(mapping);
    if (problem !== undefined) throw this.#error(node, problem);
    return mapping;
  }

  #entry(mapping: Mapping, keyNode: unknown, valueNode: unknown): void {
    const key = isPlain(keyNode, '=') ? '=' : toKey(this.value(keyNode));
    if (key === undefined) throw this.#error(keyNode, 'a key must be text', 'write it in quotes');
    mapping.set(key, this.value(valueNode, String(key)));
  }

  /** The mappings that a merge key names, the one that counts most last. */
  #mergeSources(node: unknown): Mapping[] {
    const value = this.value(node, '<<');
    const sources = (Array.isArray(value) ? value : [value]).filter((source) => isMapping(source));
    if (sources.length !== (Array.isArray(value) ? value.length : 1)) {
      throw this.#error(node, '<< needs a mapping or a list of mappings');
    }
    return sources.reverse();
  }

  #checkTag(node: YAMLMap | YAMLSeq, key: string): void {
    const what = node.tag === undefined ? undefined : unusableTag(node.tag);
    if (what !== undefined) throw this.#notJson(node, key, what);
  }

  #notJson(node: Node, key: string, what: string): FailedError {
    const where = key === '' ? 'this' : key;
    return this.#error(
      node,
      `${where} is ${what}, which JSON cannot hold`,
      'write the value in quotes if it is meant as text',
    );
  }

  #error(node: unknown, problem: string, hint?: string): FailedError {
    const at = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? (node.range?.[0] ?? 0) : 0;
    return sourceError(this.#source, at, problem, hint === undefined ? {} : { hint });
  }
}

function isMergeKey(key: unknown): boolean {
  return isPlain(key, '<<') || (isScalar(key) && key.tag === 'tag:yaml.org,2002:merge');
}

function isPlain(key: unknown, text: string): boolean {
  return isScalar(key) && key.value === text && key.type === 'PLAIN' && key.tag === undefined;
}
