import type { ResourceId } from '../document/state-document.js';
import type { Draft, DraftResource } from './draft.js';
import { compareResources, idOfDraft, merged } from './order.js';
import { writeSequence, type Item } from './sequence.js';
import { SpanWriter } from './span-writer.js';
import { writeResource, writeUntouched } from './write-resource.js';

interface Entry {
  readonly id: () => ResourceId;
  readonly item: Item;
}

/** The document as the operations leave it, under the next serial. */
export function writeState(draft: Draft): Buffer {
  const { bytes, parts, serial } = draft.document;
  const out = new SpanWriter(bytes);
  const edits = [
    {
      place: parts.serial,
      write: () => {
        out.text(String(serial + 1n));
      },
    },
    ...(parts.resourceList === undefined
      ? []
      : [
          {
            place: parts.resourceList,
            write: () => {
              writeResources(out, draft);
            },
          },
        ]),
  ].sort((a, b) => a.place.start - b.place.start);
  let position = 0;
  for (const { place, write } of edits) {
    out.span(position, place.start);
    write();
    position = place.end;
  }
  out.span(position, bytes.length);
  return out.finish();
}

function writeResources(out: SpanWriter, draft: Draft): void {
  const { resourceList } = draft.document.parts;
  if (resourceList === undefined) return;
  const staying = new Map<number, DraftResource>();
  const coming: DraftResource[] = [];
  for (const resource of draft.live()) {
    if (isAtHome(draft, resource)) staying.set(resource.row, resource);
    else coming.push(resource);
  }
  const arrivals = coming.map((resource) => entryOf(draft, resource, undefined)).sort(compareEntries);
  writeSequence(out, resourceList, itemsOf(merged(homes(draft, staying), arrivals, compareEntries)));
}

/** Whether a resource is where the document's resource of which it is made was. */
function isAtHome(draft: Draft, resource: DraftResource): boolean {
  return compareResources(idOfDraft(resource), draft.document.idOf(resource.row)) === 0;
}

function* homes(draft: Draft, staying: ReadonlyMap<number, DraftResource>): Iterable<Entry> {
  const { document } = draft;
  for (let row = 0; row < document.resourceCount; row++) {
    const place = document.spanOf(row);
    const resource = staying.get(row);
    if (resource !== undefined) yield entryOf(draft, resource, place);
    else if (draft.opened(row) === undefined) {
      yield {
        id: () => document.idOf(row),
        item: {
          place,
          write: (out) => {
            writeUntouched(out, draft, row);
          },
        },
      };
    }
  }
}

function entryOf(draft: Draft, resource: DraftResource, place: Item['place']): Entry {
  const id = idOfDraft(resource);
  return {
    id: () => id,
    item: {
      place,
      write: (out) => {
        writeResource(out, draft, resource);
      },
    },
  };
}

function compareEntries(a: Entry, b: Entry): number {
  return compareResources(a.id(), b.id());
}

function* itemsOf(entries: Iterable<Entry>): Iterable<Item> {
  for (const { item } of entries) yield item;
}
