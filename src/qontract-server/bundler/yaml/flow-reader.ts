import type { List, Mapping, Value } from '../value.js';
import { MappingBuilder } from './mapping-builder.js';
import type { MERGE, NodeReader } from './node-reader.js';
import { readProperties } from './properties.js';

/** What stands between two commas: a node, or the key of an entry whose value may follow. */
interface Head {
  readonly key: Value | typeof MERGE;
  readonly start: number;
  readonly isEntry: boolean;
  /** Whether the cursor is behind the colon. */
  readonly hasValue: boolean;
}

/** Reads lists `[…]` and mappings `{…}` in flow style, in which line ends and indentation mean nothing. */
export class FlowReader {
  readonly #nodes: NodeReader;

  constructor(nodes: NodeReader) {
    this.#nodes = nodes;
  }

  list(tag: string | undefined): List {
    const list: List = [];
    this.#items('seq', ']', tag, () => {
      list.push(this.#item());
    });
    return list;
  }

  mapping(tag: string | undefined): Mapping {
    const start = this.#nodes.cursor.at;
    const mapping = new MappingBuilder();
    this.#items('map', '}', tag, () => {
      this.#addEntry(mapping, this.#head());
    });
    return this.#nodes.finish(mapping, start);
  }

  #items(kind: 'map' | 'seq', close: string, tag: string | undefined, read: () => void): void {
    const { cursor } = this.#nodes;
    const open = cursor.at;
    this.#nodes.enter(kind, tag);
    do {
      cursor.at++;
      this.#toContent(open);
      if (cursor.text[cursor.at] === close) break;
      read();
      this.#toContent(open);
    } while (cursor.text[cursor.at] === ',');
    if (cursor.text[cursor.at] !== close) throw cursor.error(`expected a comma or ${close} here`);
    cursor.at++;
    this.#nodes.leave();
  }

  #toContent(open: number): void {
    const { cursor } = this.#nodes;
    cursor.toContent(true);
    if (cursor.atEnd) throw cursor.error('the bracket that opens here is not closed', open);
  }

  /** An item of a list: a node, or a mapping of one entry as in `[a: 1]`. */
  #item(): Value {
    const head = this.#head();
    if (!head.isEntry && typeof head.key !== 'symbol') return head.key;
    const mapping = new MappingBuilder();
    this.#addEntry(mapping, head);
    return this.#nodes.finish(mapping, head.start);
  }

  #addEntry(mapping: MappingBuilder, { key, start, hasValue }: Head): void {
    this.#nodes.addEntry(mapping, key, start, () => (hasValue ? this.#value() : null));
  }

  #head(): Head {
    const { cursor } = this.#nodes;
    const start = cursor.at;
    const isExplicit = cursor.text[start] === '?';
    if (isExplicit) cursor.at++;
    const key = this.#nodes.specialKey() ?? (isExplicit ? this.#value() : this.#node());
    if (isExplicit) cursor.toContent(true);
    else cursor.skipBlanks();
    const hasValue = cursor.text[cursor.at] === ':';
    if (hasValue && !isExplicit && !this.#nodes.isKey(start)) {
      throw cursor.error('a key must stand on one line', start);
    }
    if (hasValue) cursor.at++;
    return { key, start, isEntry: hasValue || isExplicit, hasValue };
  }

  /** The node that follows; null when none does. */
  #value(): Value {
    this.#nodes.cursor.toContent(true);
    return this.#isOver() ? null : this.#node();
  }

  #node(): Value {
    const { cursor } = this.#nodes;
    const properties = readProperties(cursor);
    if (properties !== undefined) cursor.toContent(true);
    return this.#nodes.withProperties(properties, (tag) =>
      properties !== undefined && this.#isOver() ? this.#nodes.empty(tag) : this.#content(tag),
    );
  }

  #content(tag: string | undefined): Value {
    const { cursor } = this.#nodes;
    const character = cursor.text[cursor.at];
    if (character === '[') return this.list(tag);
    if (character === '{') return this.mapping(tag);
    return character === '*' ? this.#nodes.alias(tag) : this.#nodes.scalar(-1, true, tag);
  }

  #isOver(): boolean {
    return ',]}:'.includes(this.#nodes.cursor.text[this.#nodes.cursor.at] ?? ',');
  }
}
