import { FORMATS } from './import-formats.js';
import type { Values } from './naming.js';
import { own } from './own.js';

/** What an import id may be made of, besides the object's own arguments. */
export interface ImportContext {
  /** 12 digits. */
  readonly account: string | undefined;
  readonly region: string | undefined;
  /** `aws`, `aws-us-gov` or `aws-cn`. */
  readonly partition: string;
}

/** The types whose import formats are known. */
export const IMPORTABLE_TYPES: readonly string[] = Object.keys(FORMATS);

/** How the import id of a type looks; undefined: it is not known, `false`: the type cannot be imported. */
export function importFormat(type: string): string | false | undefined {
  const known = own(FORMATS, type);
  return known === undefined ? undefined : (known.format ?? false);
}

/** The import id of an object, as far as its arguments or attributes tell it. */
export function importId(type: string, values: Values, context: ImportContext): string | undefined {
  return own(FORMATS, type)?.of(values, context);
}
