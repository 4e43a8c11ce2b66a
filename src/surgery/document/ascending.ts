import { ResourceColumn, type DocumentParts } from './state-document.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Whether resources are in Terraform's order as they are in every state that it has written, and so none is listed twice;
 * needs no text of any of them. False where it cannot be told so simply.
 */
export function isAscending({ parts }: { readonly parts: DocumentParts }): boolean {
  const { resources } = parts;
  const groups = new Set<number>();
  for (let row = 0; row < resources.length; row++) {
    const group = groupOf(parts, row);
    if (row > 0 && group === groupOf(parts, row - 1)) {
      if (!isAfter(parts, row - 1, row)) return false;
    } else if (groups.has(group)) return false;
    else groups.add(group);
  }
  return true;
}

/** Those of one module and one mode. */
function groupOf({ resources }: DocumentParts, row: number): number {
  return 2 * resources.get(row, ResourceColumn.module) + resources.get(row, ResourceColumn.isData);
}

function isAfter({ bytes, resources }: DocumentParts, before: number, row: number): boolean {
  const { typeAt, nameAt } = ResourceColumn;
  const byType = compareStrings(bytes, resources.get(before, typeAt), resources.get(row, typeAt));
  return byType === 0
    ? compareStrings(bytes, resources.get(before, nameAt), resources.get(row, nameAt)) < 0
    : byType < 0;
}

/** Of two strings, by the bytes that they are written with; not a number where one has an escape. */
function compareStrings(bytes: Buffer, a: number, b: number): number {
  for (let index = 1; ; index++) {
    const [left = QUOTE, right = QUOTE] = [bytes[a + index], bytes[b + index]];
    if (left === BACKSLASH || right === BACKSLASH) return Number.NaN;
    if (left === right) {
      if (left === QUOTE) return 0;
    } else if (left === QUOTE) return -1;
    else return right === QUOTE ? 1 : left - right;
  }
}
