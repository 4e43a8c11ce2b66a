import type { BundleProblem, Resource } from './bundle.js';
import type { JsonObject } from './json.js';
import { LazyFiles } from './lazy-files.js';
import type { FileTable } from './scan/file-table.js';

const REQUIRED = ['path', 'content', 'sha256sum'] as const;

/**
 * The resources in a table; one that lacks its path, content or checksum is left out.
 *
 * @param problems gets one for each that is left out
 */
export function collectResources(table: FileTable, problems: BundleProblem[]): ReadonlyMap<string, Resource> {
  const files = table.numbers();
  for (const [key, file] of files) {
    const missing = REQUIRED.find((field) => !table.hasText(file, field));
    if (missing === undefined) continue;
    files.delete(key);
    problems.push(leftOut(key, table.isObject(file) ? missing : ''));
  }
  return new LazyFiles(table, files, asResource);
}

function leftOut(file: string, field: string): BundleProblem {
  const why = field === '' ? 'is not an object' : `has no ${field}`;
  return { file, field, message: `resource ${file} is left out: it ${why}` };
}

function asResource(resource: JsonObject, path: string): Resource {
  const { content, sha256sum } = resource;
  return Object.assign(resource, { path, content: String(content), sha256sum: String(sha256sum) });
}
