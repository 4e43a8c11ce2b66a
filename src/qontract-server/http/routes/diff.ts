import type { Bundle } from '../../bundle/bundle.js';
import { bundleNotFound, JSON_TYPE, jsonAnswer, textAnswer, type Answer } from '../answer.js';
import { changedDatafiles, changedResources, diffDatafile, diffResource } from '../diff.js';
import type { BundleRegistry } from '../registry.js';
import type { Call, Route } from '../router.js';

/** What differs between two bundles: everything, or one file. */
export function diffRoutes(registry: BundleRegistry): Route[] {
  const between =
    (answer: (base: Bundle, head: Bundle, call: Call) => Answer) =>
    (call: Call): Answer => {
      const { base = '', head = '' } = call.params;
      const before = registry.get(base);
      const after = registry.get(head);
      if (before === undefined) return bundleNotFound(base);
      if (after === undefined) return bundleNotFound(head);
      return answer(before.bundle, after.bundle, call);
    };
  return [
    { method: 'GET', path: '/diff/:base/:head', handle: between(wholeDiff) },
    { method: 'GET', path: '/diff/:base/:head/:filetype', handle: between(fileDiff) },
    { method: 'GET', path: '/diff/:base/:head/:filetype/*', handle: between(fileDiff) },
  ];
}

function wholeDiff(base: Bundle, head: Bundle): Answer {
  return { status: 200, headers: { 'content-type': JSON_TYPE }, body: diffDocument(base, head) };
}

/** In pieces, because two big bundles can differ in more than fits into one string. */
function* diffDocument(base: Bundle, head: Bundle): Generator<string> {
  yield '{"datafiles":{';
  yield* members(changedDatafiles(base, head), (change) => change.datafilepath);
  yield '},"resources":{';
  yield* members(changedResources(base, head), (change) => change.resourcepath);
  yield '}}';
}

function* members<Change>(changes: Iterable<Change>, nameOf: (change: Change) => string): Generator<string> {
  let separator = '';
  for (const change of changes) {
    yield `${separator}${JSON.stringify(nameOf(change))}:${JSON.stringify(change)}`;
    separator = ',';
  }
}

function fileDiff(base: Bundle, head: Bundle, { params }: Call): Answer {
  const { filetype = '', '*': rest = '' } = params;
  const path = `/${rest}`;
  const kinds = { datafile: diffDatafile, resourcefile: diffResource };
  if (filetype !== 'datafile' && filetype !== 'resourcefile') {
    return textAnswer(`unknown filetype ${filetype}`, 400);
  }
  const change = kinds[filetype](base, head, path);
  return change === undefined ? textAnswer(`${filetype} not found`, 404) : jsonAnswer(change);
}
