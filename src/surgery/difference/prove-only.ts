import { RefusedError } from '../../errors.js';
import { formatKey } from '../../terraform/address/address.js';
import type { StateDocument } from '../document/state-document.js';
import type { DocumentOperation } from '../operations/operation.js';
import { expectOperations } from './expect-operations.js';
import { blockOf, type ExpectedObject } from './expected-object.js';
import { Counterparts } from './counterparts.js';
import { differingMembers, rawMembers } from './raw-members.js';

/** More of them would not make it any clearer. */
const MAX_TOLD = 5;

/**
 * Proves that a new state is what operations are to make of an old one, and nothing else: every object is where it is
 * expected, with the very bytes that it had, but for the members that the operations change. Shares no code with what made
 * the new state, but for the reading of documents and addresses.
 *
 * @throws RefusedError `UnexpectedDifference`, which tells addresses and names of members, but no values
 */
export function proveOnly(
  base: StateDocument,
  post: StateDocument,
  operations: readonly DocumentOperation[],
): void {
  requireNone([...documentProblems(base, post), ...objectProblems(base, post, operations)]);
}

/** @throws RefusedError `UnexpectedDifference` when there are problems */
export function requireNone(wrong: readonly string[]): void {
  if (wrong.length === 0) return;
  const more = wrong.length > MAX_TOLD ? ` and ${wrong.length - MAX_TOLD} more` : '';
  throw new RefusedError(
    'UnexpectedDifference',
    `the new state is not what was asked for: ${wrong.slice(0, MAX_TOLD).join('; ')}${more}`,
    { hint: 'nothing was written; please report this, it is a defect of tfrepair' },
  );
}

/** What differs at the top, but for the resources and the serial, which has to be the next one. */
export function documentProblems(base: StateDocument, post: StateDocument): string[] {
  const problems: string[] = [];
  if (post.serial !== base.serial + 1n) problems.push('its serial is not the next one');
  const names = (document: StateDocument): string =>
    document.parts.members.map(({ name }) => name).join('\n');
  if (names(base) !== names(post)) problems.push('it has other members');
  for (const [index, member] of base.parts.members.entries()) {
    const other = post.parts.members[index];
    if (other === undefined || member.name === 'serial' || member.name === 'resources') continue;
    if (base.bytes.compare(post.bytes, other.valueStart, other.end, member.valueStart, member.end) !== 0) {
      problems.push(`"${member.name}" is different`);
    }
  }
  return problems;
}

/** Objects that are not where, or not what, they are expected to be. */
export function objectProblems(
  base: StateDocument,
  post: StateDocument,
  operations: readonly DocumentOperation[],
): string[] {
  const expected = expectOperations(base, operations);
  const touched = new Uint8Array(base.resourceCount);
  for (const { row, isTouched } of expected) if (isTouched) touched[row] = 1;
  const settled = new Uint8Array(base.resourceCount);
  const counterparts = new Counterparts(base, post);
  const open: number[] = [];
  for (let row = 0; row < post.resourceCount; row++) {
    const baseRow = counterparts.of(row);
    if (baseRow !== undefined && touched[baseRow] === 0) settled[baseRow] = 1;
    else open.push(row);
  }
  const awaited = new Map<string, ExpectedObject>();
  for (const one of expected) {
    if (!one.isGone && settled[one.row] === 0) awaited.set(expectedId(base, one), one);
  }
  const problems = open.flatMap((row) => rowProblems(base, post, row, awaited));
  return [...problems, ...[...awaited.keys()].map((id) => `${id} is missing`)];
}

/** Strikes what is found off the list of what is awaited. */
function rowProblems(
  base: StateDocument,
  post: StateDocument,
  row: number,
  awaited: Map<string, ExpectedObject>,
): string[] {
  const { module, mode, type, name } = post.idOf(row);
  const address = `${module === '' ? '' : `${module}.`}${blockOf(mode, type, name)}`;
  const objects = post.instancesOf(row);
  const found = objects.length === 0 ? [undefined] : objects;
  const ids = found.map((object) => {
    const key = object === undefined ? '' : formatKey(post.keyOf(object));
    return idOf(`${address}${key}`, object === undefined ? 'empty' : post.deposedOf(object));
  });
  const origins = ids.flatMap((id) => awaited.get(id)?.row ?? []);
  const ofResource = differingResource(base, post, row, origins);
  return found.flatMap((object, index) => {
    const id = ids[index] ?? '';
    const one = awaited.get(id);
    if (one === undefined) return [`${id} is there`];
    awaited.delete(id);
    const parts = [...ofResource, ...differingParts(base, post, row, object, one)];
    return parts.map((part) => `${id} differs in "${part}"`);
  });
}

/**
 * Members of a resource that are different. It is what stood at its address before, or, where nothing was left of that, one
 * of those that its objects come from.
 */
function differingResource(
  base: StateDocument,
  post: StateDocument,
  row: number,
  origins: readonly number[],
): string[] {
  const resource = rawMembers(post, post.spanOf(row).start);
  const mayDiffer = ['module', 'mode', 'type', 'name', 'provider', 'instances'];
  // Its value follows from the keys; Terraform does not write it any more.
  if (!resource.has('each')) mayDiffer.push('each');
  const candidates = new Set([base.find(post.idOf(row)) ?? [], ...origins].flat());
  const differing = [...candidates].map((baseRow) =>
    differingMembers(rawMembers(base, base.spanOf(baseRow).start), resource, mayDiffer),
  );
  return differing.sort((one, other) => one.length - other.length)[0] ?? [];
}

function differingParts(
  base: StateDocument,
  post: StateDocument,
  row: number,
  object: number | undefined,
  one: ExpectedObject,
): string[] {
  const provider = post.providerOf(row) === one.provider ? [] : ['provider'];
  if (object === undefined || one.object === undefined) return provider;
  const members = rawMembers(post, post.spanOfInstance(object).start);
  const isFree = one.losesDependencies && !members.has('dependencies');
  const ofObject = differingMembers(
    rawMembers(base, base.spanOfInstance(one.object).start),
    members,
    isFree ? ['index_key', 'dependencies'] : ['index_key'],
  );
  if (one.losesDependencies && !isFree) ofObject.push('dependencies');
  return [...provider, ...ofObject];
}

function expectedId(base: StateDocument, { moduleText, block, key, object }: ExpectedObject): string {
  const address = `${moduleText === '' ? '' : `${moduleText}.`}${block}${formatKey(key)}`;
  return idOf(address, object === undefined ? 'empty' : base.deposedOf(object));
}

function idOf(address: string, deposed: string | undefined): string {
  return deposed === undefined
    ? address
    : `${address} (${deposed === 'empty' ? deposed : `deposed ${deposed}`})`;
}
