import { createHash } from 'node:crypto';

import { formatAddress } from '../../terraform/address/address.js';
import type { StateDocument } from '../document/state-document.js';
import { Counterparts } from './counterparts.js';
import { differingMembers, plain, plainMembers } from './raw-members.js';

/** What is different at an address. `what` names members, as `dependencies`; no value of a state is ever told. */
export type Change =
  | { readonly kind: 'removed' | 'added'; readonly address: string; readonly deposed?: string }
  | {
      readonly kind: 'moved';
      readonly from: string;
      readonly to: string;
      readonly deposed?: string;
      readonly what: readonly string[];
    }
  | {
      readonly kind: 'changed';
      readonly address: string;
      readonly deposed?: string;
      readonly what: readonly string[];
    }
  /** A member at the top of the document. */
  | { readonly kind: 'document'; readonly what: string };

/** An object, or a resource that has none. */
interface Entry {
  readonly address: string;
  readonly deposed: string | undefined;
  readonly row: number;
  /** undefined: a resource without objects. */
  readonly object: number | undefined;
}

const POSITION = ['index_key', 'dependencies'];
const RESOURCE_POSITION = ['module', 'mode', 'type', 'name', 'instances'];

/**
 * What is different between two states: by object, whatever the order and the layout of the documents. An object that is gone and one that
 * has come with the very same content are one that has moved.
 */
export function structuralDifference(base: StateDocument, post: StateDocument): Change[] {
  const { gone, come } = differingEntries(base, post);
  const changes: Change[] = topLevelChanges(base, post);
  const lost: Entry[] = [];
  for (const [id, entry] of gone) {
    const other = come.get(id);
    if (other === undefined) lost.push(entry);
    else {
      come.delete(id);
      const what = differences(base, entry, post, other, []);
      if (what.length > 0)
        changes.push({ kind: 'changed', address: entry.address, ...deposedOf(entry), what });
    }
  }
  return [...changes, ...movesAmong(base, lost, post, [...come.values()])];
}

function topLevelChanges(base: StateDocument, post: StateDocument): Change[] {
  const members = (document: StateDocument): Map<string, string> =>
    new Map(
      document.parts.members
        .filter(({ name }) => name !== 'resources')
        .map(({ name, valueStart, end }) => [
          name,
          plain(document.bytes.toString('latin1', valueStart, end)),
        ]),
    );
  return differingMembers(members(base), members(post), ['serial']).map((what) => ({
    kind: 'document',
    what,
  }));
}

/** The objects of the resources that are not written alike in both. */
function differingEntries(
  base: StateDocument,
  post: StateDocument,
): { gone: Map<string, Entry>; come: Map<string, Entry> } {
  const same = new Uint8Array(base.resourceCount);
  const counterparts = new Counterparts(base, post);
  const come = new Map<string, Entry>();
  for (let row = 0; row < post.resourceCount; row++) {
    const baseRow = counterparts.of(row);
    if (baseRow !== undefined) same[baseRow] = 1;
    else addEntries(come, post, row);
  }
  const gone = new Map<string, Entry>();
  for (let row = 0; row < base.resourceCount; row++) if (same[row] === 0) addEntries(gone, base, row);
  return { gone, come };
}

function addEntries(entries: Map<string, Entry>, document: StateDocument, row: number): void {
  const objects = document.instancesOf(row);
  for (const object of objects) {
    const address = document.addressOf(object);
    const deposed = document.deposedOf(object);
    entries.set(`${deposed ?? ''} ${address}`, { address, deposed, row, object });
  }
  if (objects.length > 0) return;
  const { mode, type, name } = document.idOf(row);
  const address = formatAddress({ module: document.moduleOf(row).path, mode, type, name, key: undefined });
  entries.set(`empty ${address}`, { address, deposed: undefined, row, object: undefined });
}

function differences(
  base: StateDocument,
  a: Entry,
  post: StateDocument,
  b: Entry,
  mayDiffer: readonly string[],
): string[] {
  const ofResource = differingMembers(
    plainMembers(base, base.spanOf(a.row).start),
    plainMembers(post, post.spanOf(b.row).start),
    RESOURCE_POSITION,
  );
  if (a.object === undefined || b.object === undefined) return ofResource;
  const ofObject = differingMembers(
    plainMembers(base, base.spanOfInstance(a.object).start),
    plainMembers(post, post.spanOfInstance(b.object).start),
    mayDiffer,
  );
  return [...ofResource, ...ofObject];
}

function movesAmong(
  base: StateDocument,
  lost: readonly Entry[],
  post: StateDocument,
  found: readonly Entry[],
): Change[] {
  const candidates = new Map<string, Entry[]>();
  for (const entry of found) {
    const content = contentOf(post, entry);
    candidates.set(content, [...(candidates.get(content) ?? []), entry]);
  }
  const moved = new Set<Entry>();
  const changes = lost.map((entry): Change => {
    const other = candidates.get(contentOf(base, entry))?.shift();
    if (other === undefined) return { kind: 'removed', address: entry.address, ...deposedOf(entry) };
    moved.add(other);
    const what = differences(base, entry, post, other, ['index_key']);
    return { kind: 'moved', from: entry.address, to: other.address, ...deposedOf(entry), what };
  });
  const added = found.filter((entry) => !moved.has(entry));
  return [
    ...changes,
    ...added.map((entry): Change => ({ kind: 'added', address: entry.address, ...deposedOf(entry) })),
  ];
}

/** What stays the same wherever an object goes: its type and all that is in it, but for its position. */
function contentOf(document: StateDocument, { row, object, deposed }: Entry): string {
  const { mode, type } = document.idOf(row);
  const hash = createHash('sha256').update(`${mode} ${type} ${deposed ?? ''}\n`);
  if (object === undefined) return hash.update('empty').digest('base64');
  const members = [...plainMembers(document, document.spanOfInstance(object).start)];
  for (const [name, value] of members.sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!POSITION.includes(name)) hash.update(`${name} ${value.length} ${value}`);
  }
  return hash.digest('base64');
}

function deposedOf({ deposed }: Entry): { deposed?: string } {
  return deposed === undefined ? {} : { deposed };
}
