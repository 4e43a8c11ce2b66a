import { decode } from '../../../json-scan/decode.js';
import { JsonScanner, type MemberVisitor } from '../../../json-scan/json-scanner.js';
import { JsonSyntaxError } from '../../../json-scan/json-syntax-error.js';
import { spaceEnd } from '../../../json-scan/json-words.js';
import { FileTable } from './file-table.js';

/** A bundle of which the bytes have been looked through, and no file parsed yet. */
export interface ScannedBundle {
  /** The parts of the bundle that consist of files. */
  readonly tables: ReadonlyMap<string, FileTable>;
  /** Parses a part; undefined if the bundle does not have it. */
  readonly part: (name: string) => unknown;
}

/** The parts that consist of files: bundle key → content. */
const FILE_PARTS = ['data', 'resources'];

const OPEN_BRACE = 0x7b;

/**
 * Looks through a bundle's bytes.
 *
 * @throws JsonSyntaxError if they are not JSON, or not an object
 */
export function scanBundle(bytes: Buffer): ScannedBundle {
  const tables = new Map<string, FileTable>();
  const spans = new Map<string, readonly [number, number]>();
  let table: FileTable | undefined;
  const scanner = new JsonScanner(bytes, (start, end) => table?.addReference(start, end));
  const documentEnd = scanner.objectEnd(spaceEnd(bytes, 0), (keyStart, keyEnd, valueAt) => {
    const name = decode(bytes, keyStart, keyEnd);
    const hasFiles = FILE_PARTS.includes(name) && bytes[valueAt] === OPEN_BRACE;
    table = hasFiles ? new FileTable(bytes) : undefined;
    const end = table === undefined ? scanner.valueEnd(valueAt) : filesEnd(bytes, scanner, valueAt, table);
    if (table === undefined) tables.delete(name);
    else tables.set(name, table);
    spans.set(name, [valueAt, end]);
    return end;
  });
  const rest = spaceEnd(bytes, documentEnd);
  if (rest < bytes.length) throw new JsonSyntaxError(bytes, rest);
  return { tables, part: (name) => parseSpan(bytes, spans.get(name)) };
}

function parseSpan(bytes: Buffer, span: readonly [number, number] | undefined): unknown {
  return span === undefined ? undefined : JSON.parse(bytes.toString('utf8', ...span));
}

function filesEnd(bytes: Buffer, scanner: JsonScanner, at: number, table: FileTable): number {
  const addField: MemberVisitor = (keyStart, _keyEnd, valueAt) => {
    const end = scanner.valueEnd(valueAt);
    table.addField(keyStart, valueAt, end);
    return end;
  };
  return scanner.objectEnd(at, (keyStart, keyEnd, fileAt) => {
    table.begin(keyStart, keyEnd, fileAt);
    const isObject = bytes[fileAt] === OPEN_BRACE;
    const end = isObject ? scanner.objectEnd(fileAt, addField) : scanner.valueEnd(fileAt);
    table.end(end);
    return end;
  });
}
