import { FailedError } from '../../errors.js';
import { isJsonObject, type Json } from '../../json.js';

/**
 * Whether Python would take the value for true: the renderer that tfrepair agrees with decides in many places by
 * truthiness, where empty strings, lists and objects, zero and null are all false.
 */
export function truthy(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === false || value === 0 || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  return !isJsonObject(value) || Object.keys(value).length > 0;
}

/** A whole number, as Python's `int` makes one of a number or of text. @throws FailedError `ValueInvalid` */
export function pythonInt(value: Json, what: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return Math.trunc(value);
  if (typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value)) return Number(value);
  throw new FailedError('ValueInvalid', `${what} must be a whole number, not ${JSON.stringify(value)}`);
}

/** Python's `text or fallback`: an empty text counts as none. */
export function textOr(text: string | null | undefined, fallback: string): string {
  return text === undefined || text === null || text === '' ? fallback : text;
}

/** A scalar inside text, as Python's `str` writes it. */
export function pythonText(value: Json): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'object' ? pythonJson(value, { sortKeys: false }) : String(value);
}

/**
 * JSON text as Python's `json.dumps` writes it: `, ` and `: ` between, all but ASCII escaped. IAM policies and the like
 * stand in the config as such strings.
 */
export function pythonJson(value: Json, options: { sortKeys: boolean }): string {
  return write(value, options.sortKeys).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function write(value: Json, sortKeys: boolean): string {
  if (Array.isArray(value)) return `[${value.map((item) => write(item, sortKeys)).join(', ')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value);
  if (sortKeys) entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}: ${write(item, sortKeys)}`).join(', ')}}`;
}
