import type { BundleProblem, Datafile, Resource } from './bundle.js';
import { isJsonObject, type JsonObject } from './json.js';

/**
 * The datafiles of a bundle's `data` part, each with its key added as `path`. To spare a copy of each, the objects of
 * `data` themselves are completed and returned. A datafile without `$schema` belongs to no type and is left out.
 */
export function collectDatafiles(data: JsonObject, problems: BundleProblem[]): Map<string, Datafile> {
  const datafiles = new Map<string, Datafile>();
  for (const file of Object.keys(data)) {
    const content = data[file];
    if (isJsonObject(content) && completed(content, file)) datafiles.set(file, content);
    else problems.push(datafileProblem(file, content));
  }
  return datafiles;
}

/** Adds the path; true if that makes a datafile. */
function completed(content: JsonObject, file: string): content is Datafile {
  content['path'] = file;
  return typeof content['$schema'] === 'string' && content['$schema'] !== '';
}

function datafileProblem(file: string, content: unknown): BundleProblem {
  const field = isJsonObject(content) ? '$schema' : '';
  const why = isJsonObject(content) ? 'has no $schema' : 'is not an object';
  return { file, field, message: `datafile ${file} is left out: it ${why}` };
}

const RESOURCE_FIELDS = ['path', 'content', 'sha256sum'];

/** The resources of a bundle's `resources` part; one that lacks its path, content or checksum is left out. */
export function collectResources(resources: JsonObject, problems: BundleProblem[]): Map<string, Resource> {
  const kept = new Map<string, Resource>();
  for (const file of Object.keys(resources)) {
    const content = resources[file];
    if (isResource(content)) kept.set(file, Object.assign(content, { path: file }));
    else problems.push(resourceProblem(file, content));
  }
  return kept;
}

function isResource(content: unknown): content is Resource {
  return isJsonObject(content) && RESOURCE_FIELDS.every((field) => typeof content[field] === 'string');
}

function resourceProblem(file: string, content: unknown): BundleProblem {
  const field = isJsonObject(content)
    ? (RESOURCE_FIELDS.find((name) => typeof content[name] !== 'string') ?? '')
    : '';
  const why = field === '' ? 'is not an object' : `has no ${field}`;
  return { file, field, message: `resource ${file} is left out: it ${why}` };
}
