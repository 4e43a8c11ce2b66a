import type { Json } from '../../json.js';
import type { State, StateInstance } from '../../terraform/state/state.js';

/** What a role says of policies that are resources of their own: it was read before they were attached. */
const ATTACHED: Readonly<Record<string, { by: string; named: string; nameOf: (item: Json) => unknown }>> = {
  managed_policy_arns: {
    by: 'aws_iam_role_policy_attachment',
    named: 'policy_arn',
    nameOf: (item) => item,
  },
  inline_policy: {
    by: 'aws_iam_role_policy',
    named: 'name',
    nameOf: (item) =>
      typeof item === 'object' && item !== null && !Array.isArray(item) ? item['name'] : undefined,
  },
};

/** An attribute's value, given to which instance it belongs. */
export type Without = (instance: StateInstance, name: string, value: Json | undefined) => Json | undefined;

/** Takes out of lists of roles the policies that other resources of these states attach to them. */
export function withoutAttached(...states: readonly State[]): Without {
  let found: ReadonlySet<string> | undefined;
  return ({ type, attributes }, name, value) => {
    const kind = type === 'aws_iam_role' && Object.hasOwn(ATTACHED, name) ? ATTACHED[name] : undefined;
    if (kind === undefined || !Array.isArray(value)) return value;
    const attached = (found ??= attachedIn(states));
    return value.filter((item) => !attached.has(keyOf(kind.by, attributes['name'], kind.nameOf(item))));
  };
}

function attachedIn(states: readonly State[]): Set<string> {
  return new Set(
    states.flatMap(({ instances }) => instances.flatMap(({ type, attributes }) => keysOf(type, attributes))),
  );
}

function keysOf(type: string, attributes: StateInstance['attributes']): string[] {
  return Object.values(ATTACHED)
    .filter(({ by }) => by === type)
    .map(({ by, named }) => keyOf(by, attributes['role'], attributes[named]));
}

function keyOf(type: string, role: unknown, name: unknown): string {
  return JSON.stringify([type, role, name]);
}
