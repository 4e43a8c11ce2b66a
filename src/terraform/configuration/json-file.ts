import { FailedError } from '../../errors.js';
import { isJsonObject, type Json, type JsonObject } from '../../json.js';
import { JsonScanner } from '../../json-scan/json-scanner.js';
import { JsonSyntaxError } from '../../json-scan/json-syntax-error.js';
import { spaceEnd } from '../../json-scan/json-words.js';

/** The body of a configuration file in JSON syntax. @throws FailedError `HclInvalid` with file, line and column */
export function parseJsonFile(file: string, bytes: Buffer): JsonObject {
  let body: Json;
  try {
    body = JSON.parse(bytes.toString('utf8')) as Json;
  } catch {
    // The parser's own words would quote the text, in which secrets may be.
    throw new FailedError('HclInvalid', `${file} is not JSON: ${syntaxErrorOf(bytes)}`);
  }
  if (isJsonObject(body)) return body;
  throw new FailedError('HclInvalid', `${file} is JSON, but no object`);
}

function syntaxErrorOf(bytes: Buffer): string {
  try {
    const end = spaceEnd(bytes, new JsonScanner(bytes).valueEnd(spaceEnd(bytes, 0)));
    return new JsonSyntaxError(bytes, end).message;
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error.message;
    throw error;
  }
}
