import { formatModule, type ModulePath, type ResourceAddress } from '../../terraform/address/address.js';
import { readTarget } from '../operations/targets.js';
import type { StateDocument } from '../document/state-document.js';
import type { ExpectedObject } from './expected-object.js';
import { blockOf } from './expected-object.js';

/** What has been moved away: a resource (or an instance of it), or a module instance with all that was in it. */
export type Moved = { readonly address: ResourceAddress } | { readonly module: ModulePath };

/** Current objects that depend on what has moved lose all their dependencies. */
export function loseDependencies(
  document: StateDocument,
  expected: readonly ExpectedObject[],
  moved: readonly Moved[],
): void {
  if (moved.length === 0) return;
  const isMoved = remembering(dependencyTest(moved));
  for (const one of expected) {
    if (one.object === undefined || document.isDeposed(one.object)) continue;
    if (!document.dependenciesOf(one.object).some(isMoved)) continue;
    one.losesDependencies = true;
    one.isTouched = true;
  }
}

/** Dependencies name resources without any key, and so the modules that have one are never found among them. */
function dependencyTest(moved: readonly Moved[]): (dependency: string) => boolean {
  const resources = new Set<string>();
  const modules: string[] = [];
  for (const one of moved) {
    if ('address' in one) resources.add(withoutKeys(one.address));
    else if (one.module.every(({ key }) => key === undefined)) modules.push(`${formatModule(one.module)}.`);
  }
  return (dependency) => {
    const target = readTarget(dependency);
    if (target.kind === 'module') return false;
    const block = withoutKeys(target.address);
    return resources.has(block) || modules.some((module) => block.startsWith(module));
  };
}

function withoutKeys({ module, mode, type, name }: ResourceAddress): string {
  return [...module.map((step) => `module.${step.name}`), blockOf(mode, type, name)].join('.');
}

function remembering(test: (text: string) => boolean): (text: string) => boolean {
  const known = new Map<string, boolean>();
  return (text) => {
    const answer = known.get(text) ?? test(text);
    known.set(text, answer);
    return answer;
  };
}
