import { RefusedError, UsageError } from '../../errors.js';
import { formatModule, type ModulePath } from '../../terraform/address/address.js';
import type { Target } from '../../terraform/address/parse.js';
import type { Dependents } from './dependents.js';
import type { Draft } from './draft.js';
import { addressNotFound } from './not-found.js';
import { formatTarget, isWithin } from './targets.js';

/** Moves a module instance with all that is in it. @throws as `move` */
export function moveModule(draft: Draft, dependents: Dependents, from: ModulePath, target: Target): void {
  const source: Target = { kind: 'module', module: from };
  const resources = draft.resourcesIn((path) => isWithin(from, path));
  if (resources.length === 0) throw addressNotFound(draft.document, source);
  if (target.kind !== 'module') {
    throw new UsageError(
      'MoveImpossible',
      `${formatTarget(source)} cannot be moved to ${formatTarget(target)}: a module cannot become a resource`,
      { hint: 'name a module, as in module.NAME' },
    );
  }
  const moves = modulesOf(resources.map(({ place }) => place.module)).map((path) => ({
    path,
    to: [...target.module, ...path.slice(from.length)],
  }));
  for (const { to } of moves) if (draft.hasModule(to)) throw moduleExists(to);
  for (const resource of resources) {
    const { place } = resource;
    const module = [...target.module, ...place.module.slice(from.length)];
    draft.moveResource(resource, { ...place, module });
  }
  for (const { path } of moves) {
    for (const object of dependents.ofModule(path)) draft.withoutDependencies.add(object);
  }
}

/** Each once. */
function modulesOf(paths: readonly ModulePath[]): ModulePath[] {
  return [...new Map(paths.map((path) => [formatModule(path), path])).values()];
}

function moduleExists(path: ModulePath): RefusedError {
  return new RefusedError('TargetExists', `${formatModule(path)} is in the state already`, {
    hint: 'name another target, or move the resources one by one',
  });
}
