import { sourceError, type Source } from '../source-error.js';
import type { Value } from '../value.js';
import { BlockReader } from './block-reader.js';
import { Cursor } from './cursor.js';
import { NodeReader } from './node-reader.js';

/**
 * The one document of a YAML file as PyYAML's safe loader reads it: YAML 1.1, the last of equal keys counts, merge keys
 * `<<`, an alias gives the very same object again. Null for an empty file.
 *
 * YAML libraries for JavaScript follow YAML 1.2, and differ from PyYAML in more than the types of scalars: a closing
 * bracket in the first column, a block of text without a last line end. Their documents would not be the original's.
 *
 * @throws FailedError `BundleSource`, with line and column, for what is not YAML or has no JSON form
 */
export function loadYaml(source: Source): Value {
  const cursor = new Cursor(withLineFeeds(source));
  const isExplicit = skipStart(cursor);
  const value = new BlockReader(new NodeReader(cursor)).node({
    indent: -1,
    compact: !isExplicit,
    indentless: false,
  });
  skipEnd(cursor);
  return value;
}

/** YAML 1.1 ends lines with `\r\n`, `\r` and NEL too; a scalar has `\n` for each. */
function withLineFeeds(source: Source): Source {
  const forbidden = FORBIDDEN.exec(source.text);
  if (forbidden !== null) {
    const code = (forbidden[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    throw sourceError(source, forbidden.index, `the character U+${code} may not stand in YAML`, {
      hint: 'delete it, or write it as an escape in double quotes',
    });
  }
  return { name: source.name, text: source.text.replace(/\r\n?|\u0085/g, '\n') };
}

/** Characters that YAML 1.1 (section 5.1) leaves out, and the line separators, which are line ends to YAML 1.1. */
const FORBIDDEN = /[^\t\n\r\x20-\x7e\x85\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** What may stand before `---`: empty lines, comments and the version. */
const START = /(?:(?:%YAML[ \t]+1\.\d+)?[ \t]*(?:#[^\n]*)?\n)*---(?=\s|$)/y;

/** Moves behind `---`, if the document begins with it. @returns whether it does */
function skipStart(cursor: Cursor): boolean {
  START.lastIndex = 0;
  if (!START.test(cursor.text)) return false;
  cursor.at = START.lastIndex;
  cursor.lineStart = cursor.at - '---'.length;
  return true;
}

/** @throws FailedError when something follows the document */
function skipEnd(cursor: Cursor): void {
  cursor.toContent();
  if (cursor.isMarker() && cursor.text[cursor.at] === '.') {
    cursor.at += '...'.length;
    cursor.toContent();
  }
  if (cursor.at >= cursor.text.length) return;
  throw cursor.error(
    cursor.isMarker() ? 'a second document begins here' : 'this line belongs to nothing before it',
  );
}
