import type { FailedError } from '../../../errors.js';
import type { List, Mapping, Value } from '../value.js';
import { blockScalar } from './block-scalar.js';
import { FlowReader } from './flow-reader.js';
import { MappingBuilder } from './mapping-builder.js';
import { MERGE, type NodeReader } from './node-reader.js';
import { readProperties } from './properties.js';

const HASH = 35;

/** What may stand where a node is expected, besides what may stand everywhere. */
interface Place {
  /** The column of the collection that the node is in; -1 for the whole document. */
  readonly indent: number;
  /** Whether a collection may begin on the line of what comes before it, as after `- `. */
  readonly compact: boolean;
  /** Whether a list may begin in the column of the collection itself, as after `key:`. */
  readonly indentless: boolean;
}

/** The key of an entry, as far as it has been read. */
interface EntryKey {
  readonly key: Value | typeof MERGE;
  readonly start: number;
  /** Whether `?` introduces the key, so that no colon has been read. */
  readonly isExplicit: boolean;
}

/** Reads nodes in block style, in which indentation says what belongs to what (YAML 1.1, chapter 9). */
export class BlockReader {
  readonly #nodes: NodeReader;
  readonly #flow: FlowReader;

  constructor(nodes: NodeReader) {
    this.#nodes = nodes;
    this.#flow = new FlowReader(nodes);
  }

  /** The node that follows; null when none does. */
  node(place: Place): Value {
    const { cursor } = this.#nodes;
    cursor.toContent();
    if (cursor.atEnd) return null;
    if (!cursor.startsLine) return this.#content(place);
    if (cursor.column > place.indent) return this.#content({ ...place, compact: true });
    const isList = place.indentless && cursor.column === place.indent && cursor.isIndicator('-');
    return isList ? this.#list(cursor.column) : null;
  }

  #content(place: Place): Value {
    const { cursor } = this.#nodes;
    const { at: start, column } = cursor;
    if (!place.compact) return this.#nodeOrKey(place);
    if (cursor.isIndicator('-')) return this.#list(column);
    if (cursor.isIndicator('?')) return this.#mapping(column);
    const key = this.#nodes.specialKey() ?? this.#nodeOrKey(place);
    if (this.#skipColon(start)) return this.#mapping(column, { key, start, isExplicit: false });
    return key === MERGE ? null : key;
  }

  /** A node that is no block collection, unless it has properties on a line of their own. */
  #nodeOrKey(place: Place): Value {
    const { cursor } = this.#nodes;
    const properties = readProperties(cursor);
    const isOver = properties !== undefined && (cursor.isBlank() || cursor.peek() === HASH);
    if (isOver && properties.tag !== undefined) {
      throw cursor.error('a tag must stand on the line of its value', properties.start);
    }
    return this.#nodes.withProperties(properties, (tag) =>
      isOver ? this.node({ ...place, compact: false }) : this.#atom(place.indent, tag),
    );
  }

  #atom(indent: number, tag: string | undefined): Value {
    const { cursor } = this.#nodes;
    const start = cursor.at;
    switch (cursor.text[start]) {
      case '[':
        return this.#flow.list(tag);
      case '{':
        return this.#flow.mapping(tag);
      case '*':
        return this.#nodes.alias(tag);
      case '|':
      case '>':
        return this.#nodes.text(blockScalar(cursor, indent), start, tag);
      default:
        return this.#nodes.scalar(indent, false, tag);
    }
  }

  #list(column: number): List {
    const { cursor } = this.#nodes;
    const list: List = [];
    this.#nodes.enter('seq', undefined);
    do {
      cursor.at++;
      list.push(this.node({ indent: column, compact: true, indentless: false }));
    } while (this.#isAtNext(column) && cursor.isIndicator('-'));
    this.#nodes.leave();
    return list;
  }

  #mapping(column: number, first?: EntryKey): Mapping {
    const start = first?.start ?? this.#nodes.cursor.at;
    const mapping = new MappingBuilder();
    this.#nodes.enter('map', undefined);
    this.#addEntry(mapping, first ?? this.#key(column), column);
    while (this.#isAtNext(column)) this.#addEntry(mapping, this.#key(column), column);
    this.#nodes.leave();
    return this.#nodes.finish(mapping, start);
  }

  #addEntry(mapping: MappingBuilder, { key, start, isExplicit }: EntryKey, column: number): void {
    this.#nodes.addEntry(mapping, key, start, () =>
      isExplicit
        ? this.#explicitValue(column)
        : this.node({ indent: column, compact: false, indentless: true }),
    );
  }

  /** Reads a key and its colon; an explicit key (`? key`) may have its colon on a line of its own. */
  #key(column: number): EntryKey {
    const { cursor } = this.#nodes;
    const start = cursor.at;
    if (cursor.isIndicator('?')) {
      cursor.at++;
      return { key: this.node({ indent: column, compact: true, indentless: true }), start, isExplicit: true };
    }
    const key =
      this.#nodes.specialKey() ?? this.#nodeOrKey({ indent: column, compact: false, indentless: false });
    if (this.#skipColon(start)) return { key, start, isExplicit: false };
    throw cursor.error(
      'a key and a colon should stand here',
      start,
      'look at the indentation, and for a colon left out',
    );
  }

  #explicitValue(column: number): Value {
    const { cursor } = this.#nodes;
    if (!this.#isAtNext(column) || !cursor.isIndicator(':')) return null;
    cursor.at++;
    return this.node({ indent: column, compact: true, indentless: true });
  }

  /** Moves behind the colon that makes a key of what began at `start`; false when there is none. */
  #skipColon(start: number): boolean {
    const { cursor } = this.#nodes;
    if (!this.#nodes.isKey(start)) return false;
    cursor.skipBlanks();
    if (!cursor.isIndicator(':')) return false;
    cursor.at++;
    return true;
  }

  /** Moves to the next line of a collection in this column; false when the collection is over. */
  #isAtNext(column: number): boolean {
    const { cursor } = this.#nodes;
    cursor.toContent();
    if (cursor.atEnd) return false;
    if (!cursor.startsLine) throw this.#leftover();
    if (cursor.column > column)
      throw cursor.error('this line is indented more than those that it belongs to');
    return cursor.column === column;
  }

  #leftover(): FailedError {
    const { cursor } = this.#nodes;
    if (cursor.isIndicator(':')) {
      const hint = 'put text that holds a colon in quotes, or correct the indentation';
      return cursor.error('no key can stand before this colon', cursor.at, hint);
    }
    return cursor.error('the line should end here');
  }
}
