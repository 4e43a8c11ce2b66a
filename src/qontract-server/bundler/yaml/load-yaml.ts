import { parseDocument, type Document } from 'yaml';

import { sourceError, type Source } from '../source-error.js';
import type { Value } from '../value.js';
import { Construction } from './construct.js';

/**
 * The one document of a YAML file as PyYAML's safe loader reads it (YAML 1.1, the last of equal keys counts, merge keys
 * `<<`); null for an empty file. An alias gives the very same object again.
 *
 * @throws FailedError `BundleSource`, with line and column, for what is not YAML or has no JSON form
 */
export function loadYaml(source: Source): Value {
  try {
    const document = compose(source);
    return new Construction(source).value(document.contents);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw sourceError(source, 0, 'its lists and mappings are nested too deeply', { cause: error });
  }
}

function compose(source: Source): Document {
  // The failsafe schema leaves every scalar the text that it is in the file: its type is ours to find.
  const document = parseDocument(source.text, {
    version: '1.1',
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
  });
  const [problem] = document.errors;
  if (problem === undefined) return document;
  const text =
    problem.code === 'MULTIPLE_DOCS' ? 'it holds more than one document' : `not YAML: ${problem.message}`;
  throw sourceError(source, problem.pos[0], text);
}
