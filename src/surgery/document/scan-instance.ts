import { decode } from '../../json-scan/decode.js';
import type { JsonScanner } from '../../json-scan/json-scanner.js';
import { stringEnd, wordEnd } from '../../json-scan/json-words.js';
import { InvalidState } from './invalid-state.js';
import { MemberNames } from './member-names.js';
import { INSTANCE_COLUMNS, InstanceColumn } from './state-document.js';
import { Table } from './table.js';

const MEMBERS = [
  'index_key',
  'status',
  'deposed',
  'provider',
  'schema_version',
  'attributes',
  'attributes_flat',
  'sensitive_attributes',
  'identity_schema_version',
  'identity',
  'private',
  'dependencies',
  'create_before_destroy',
] as const;

type MemberName = (typeof MEMBERS)[number];

const QUOTE = 0x22;
const OPEN_BRACKET = 0x5b;
const LETTER_N = 0x6e;

/** Finds the objects of instances. */
export class InstanceScanner {
  readonly table = new Table(INSTANCE_COLUMNS);
  hasProviders = false;
  readonly #names = new MemberNames(MEMBERS);
  readonly #textEnd = (at: number): number => stringEnd(this.bytes, at);

  constructor(
    private readonly bytes: Buffer,
    private readonly scanner: JsonScanner,
  ) {}

  /** The position after the object that begins at `at`. @throws JsonSyntaxError, InvalidState */
  scan(at: number, resource: number): number {
    const { table, bytes } = this;
    const row = table.add();
    table.set(row, InstanceColumn.start, at);
    table.set(row, InstanceColumn.resource, resource);
    this.#names.begin();
    const end = this.scanner.objectEnd(at, (nameStart, nameEnd, valueStart) => {
      const name = this.#names.see(bytes, nameStart, nameEnd);
      const isList = name === 'dependencies' && bytes[valueStart] !== LETTER_N;
      const valueEnd = isList ? this.dependenciesEnd(row, valueStart) : this.scanner.valueEnd(valueStart);
      if (name !== undefined && bytes[valueStart] !== LETTER_N) this.note(row, name, valueStart, valueEnd);
      return valueEnd;
    });
    table.set(row, InstanceColumn.end, end);
    return end;
  }

  /** Refuses two objects with the same keys from `first` on. @throws InvalidState */
  checkDistinct(first: number): void {
    if (this.table.length - first < 2) return;
    const seen = new Set<string>();
    for (let row = first; row < this.table.length; row++) {
      const keys = `${this.textAt(row, InstanceColumn.keyAt)} ${this.textAt(row, InstanceColumn.deposedAt)}`;
      if (seen.has(keys)) throw new InvalidState('an instance is listed twice');
      seen.add(keys);
    }
  }

  /** Remembers where a value is that is not null. */
  private note(row: number, name: MemberName, start: number, end: number): void {
    if (name === 'index_key') this.table.set(row, InstanceColumn.keyAt, this.keyAt(start, end));
    if (name === 'deposed') this.noteDeposed(row, start, end);
    if (name === 'provider') this.hasProviders = true;
  }

  private keyAt(start: number, end: number): number {
    const text = this.bytes[start] === QUOTE ? '0' : this.bytes.toString('latin1', start, end);
    if (!/^(?:0|[1-9]\d{0,8})$/.test(text)) {
      throw new InvalidState('the index key of an instance is neither a whole number nor a text');
    }
    return start;
  }

  private noteDeposed(row: number, start: number, end: number): void {
    if (this.bytes[start] !== QUOTE) throw new InvalidState('the deposed key of an object is no text');
    if (end - start > 2) this.table.set(row, InstanceColumn.deposedAt, start);
  }

  private dependenciesEnd(row: number, start: number): number {
    if (this.bytes[start] !== OPEN_BRACKET) throw new InvalidState('dependencies are no list');
    this.table.set(row, InstanceColumn.dependenciesAt, start);
    return this.scanner.arrayEnd(start, this.#textEnd);
  }

  /** With the quotes of a string, so that the keys 1 and "1" differ. */
  private textAt(row: number, column: number): string {
    const at = this.table.get(row, column);
    if (at === 0) return '';
    if (this.bytes[at] !== QUOTE) return this.bytes.toString('latin1', at, wordEnd(this.bytes, at));
    return `"${decode(this.bytes, at + 1, stringEnd(this.bytes, at) - 1)}"`;
  }
}
