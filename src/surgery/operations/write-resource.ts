import { formatModule, type InstanceKey } from '../../terraform/address/address.js';
import { membersOf, type Member, type Span } from '../document/members.js';
import type { Draft, DraftResource } from './draft.js';
import { jsonText } from './json-text.js';
import { idOfDraft, orderedObjects } from './order.js';
import { providerOf } from './replace-provider.js';
import { writeSequence, type Item } from './sequence.js';
import type { SpanWriter } from './span-writer.js';
import { changedMember, itemOf, newMember, writeInstance } from './write-instance.js';

/** Writes a resource as the operations leave it. */
export function writeResource(out: SpanWriter, draft: Draft, resource: DraftResource): void {
  const { document } = draft;
  const { row, place } = resource;
  const module = formatModule(place.module);
  const members = membersOf(document.bytes, document.spanOf(row).start).filter(
    ({ name }) => !isDropped(name, draft, resource, module),
  );
  const items = members.map((member) => memberItem(member, draft, resource));
  const hasModule = members.some(({ name }) => name === 'module');
  if (module !== '' && !hasModule) items.unshift(newMember(members, 'module', jsonText(module)));
  writeSequence(out, document.spanOf(row), items);
}

/** Writes a resource that no operation has looked at, but whose provider or dependencies may have changed. */
export function writeUntouched(out: SpanWriter, draft: Draft, row: number): void {
  const { document } = draft;
  const span = document.spanOf(row);
  const dependents = document.instancesOf(row).filter((object) => draft.withoutDependencies.has(object));
  const written = document.providerOf(row);
  const provider = draft.providers.get(written) ?? written;
  if (dependents.length === 0 && provider === written) {
    out.span(span.start, span.end);
    return;
  }
  const members = membersOf(document.bytes, span.start).map((member): Item => {
    if (member.name === 'provider' && provider !== written) return changedMember(member, jsonText(provider));
    if (member.name !== 'instances' || dependents.length === 0) return itemOf(member);
    return listItem(
      member,
      document.instancesOf(row).map((object) => objectItem(draft, row, object, document.keyOf(object))),
    );
  });
  writeSequence(out, span, members);
}

function memberItem(member: Member, draft: Draft, resource: DraftResource): Item {
  const { document } = draft;
  const old = document.idOf(resource.row);
  const { module, name } = idOfDraft(resource);
  const provider = providerOf(draft, resource);
  if (member.name === 'module' && module !== old.module) return changedMember(member, jsonText(module));
  if (member.name === 'name' && name !== old.name) return changedMember(member, jsonText(name));
  if (member.name === 'provider' && provider !== document.providerOf(resource.row)) {
    return changedMember(member, jsonText(provider));
  }
  if (member.name !== 'instances') return itemOf(member);
  const objects = orderedObjects(document, resource);
  const [first] = objects;
  const model = first === undefined ? undefined : document.instanceListOf(document.resourceOf(first.object));
  return listItem(
    member,
    objects.map(({ object, key }) => objectItem(draft, resource.row, object, key)),
    model,
  );
}

function isDropped(name: string, draft: Draft, resource: DraftResource, module: string): boolean {
  // The kind of the list may have changed; Terraform itself has not written `each` since 0.13.
  if (name === 'each') return resource.isRearranged;
  return name === 'module' && module === '' && draft.document.moduleOf(resource.row).text !== '';
}

function listItem(member: Member, items: readonly Item[], model?: Span): Item {
  const list = { start: member.valueStart, end: member.end };
  return {
    place: member,
    write: (out) => {
      out.span(member.start, member.valueStart);
      writeSequence(out, list, items, model);
    },
  };
}

function objectItem(draft: Draft, row: number, object: number, key: InstanceKey): Item {
  const { document } = draft;
  const span = document.spanOfInstance(object);
  const isIndependent = draft.withoutDependencies.has(object);
  return {
    place: document.resourceOf(object) === row ? span : undefined,
    write: (out) => {
      if (!isIndependent && document.keyOf(object) === key) out.span(span.start, span.end);
      else writeInstance(out, document, object, key, isIndependent);
    },
  };
}
