import { FailedError } from '../errors.js';
import { isJsonObject, type Json, type JsonObject } from '../json.js';

/** The line that starts an account's part: five hashes, the name, five hashes (app-interface-aws §3.3). */
const HEADER = /^##### (.+) #####$/;

/**
 * Splits what qontract-reconcile printed into the config of each account.
 *
 * @throws FailedError `ReconcileOutput` when it is not what a rendering looks like
 */
export function splitSections(text: string): Map<string, JsonObject> {
  const lines = text.split('\n');
  const starts = lines.flatMap((line, index) => (HEADER.test(line) ? [index] : []));
  const before = lines
    .slice(0, starts[0] ?? lines.length)
    .join('\n')
    .trim();
  if (before !== '') throw unusable('text before the first account header');
  return new Map(
    starts.map((start, index) => {
      const account = HEADER.exec(lines[start] ?? '')?.[1] ?? '';
      const body = lines.slice(start + 1, starts[index + 1]).join('\n');
      return [account, parseConfig(account, body)] as const;
    }),
  );
}

function parseConfig(account: string, body: string): JsonObject {
  const document = parse(account, body);
  if (!isJsonObject(document) || !('terraform' in document)) {
    throw unusable(`the part of account ${account} is not a Terraform config`);
  }
  return document;
}

function parse(account: string, body: string): Json {
  try {
    return JSON.parse(body) as Json;
  } catch {
    throw unusable(`the part of account ${account} is not JSON`);
  }
}

function unusable(why: string): FailedError {
  return new FailedError('ReconcileOutput', `qontract-reconcile printed something unexpected: ${why}`);
}
