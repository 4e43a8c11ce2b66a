import { RefusedError, UsageError } from '../../errors.js';
import { formatAddress, formatModule, type ResourceAddress } from '../../terraform/address/address.js';
import type { Span } from '../document/members.js';
import type { ResourceId, StateDocument } from '../document/state-document.js';
import type { ImportOperation } from './operation.js';
import { compareObjects, compareResources, merged, type KeyedObject } from './order.js';
import { writeSequence, type Item } from './sequence.js';
import { SpanWriter } from './span-writer.js';
import { readTarget } from './targets.js';

/**
 * The address of an import, of a managed resource (or an instance of it) at which there is nothing yet.
 *
 * @throws UsageError `AddressInvalid`; RefusedError `TargetExists`
 */
export function importTarget(document: StateDocument, text: string): ResourceAddress {
  const target = readTarget(text);
  if (target.kind === 'module' || target.address.mode === 'data') {
    const what = target.kind === 'module' ? 'a module' : 'a data source';
    throw new UsageError('AddressInvalid', `${text} is ${what}, which cannot be imported`, {
      hint: 'name a resource or an instance of one, e.g. aws_sqs_queue.orders',
    });
  }
  const { address } = target;
  const row = document.find(idOf(address));
  const there = row === undefined ? [] : document.instancesOf(row).map((object) => document.keyOf(object));
  const isMixed = there.some((key) => (key === undefined) !== (address.key === undefined));
  if (!isMixed && !there.includes(address.key)) return address;
  const found = formatAddress({ ...address, key: isMixed ? there[0] : address.key });
  throw new RefusedError('TargetExists', `${found} is in the state already`, {
    hint: `to import it anew, first: tfrepair state rm '${found}'`,
  });
}

/**
 * The state with what terraform has imported, under the next serial. Of terraform's result only the object at the address
 * is taken: everything else stays byte for byte as it is.
 *
 * @param imported what terraform made of a copy of the state
 * @throws UsageError `AddressInvalid`; RefusedError `TargetExists`, `ImportUnfit`
 */
export function insertImported(
  document: StateDocument,
  imported: StateDocument,
  { address: text }: Pick<ImportOperation, 'address'>,
): Buffer {
  const address = importTarget(document, text);
  const { resourceList, serial } = document.parts;
  if (resourceList === undefined) throw unfit(text, 'the state has no list of resources');
  const row = imported.find(idOf(address));
  const objects =
    row === undefined ? [] : imported.instancesOf(row).filter((each) => imported.keyOf(each) === address.key);
  const [object] = objects;
  if (row === undefined || object === undefined || objects.length > 1) {
    throw unfit(text, 'terraform has not put one object there');
  }
  const home = document.find(idOf(address));
  if (home !== undefined && document.providerOf(home) !== imported.providerOf(row)) {
    throw unfit(text, 'the resource belongs to another provider in the state than in the configuration');
  }
  const out = new SpanWriter(document.bytes);
  const list = (): void => {
    if (home === undefined) writeSequence(out, resourceList, withResource(document, imported, row));
    else writeInstances(out, document, home, imported, object);
  };
  const place = home === undefined ? resourceList : document.instanceListOf(home);
  const edits = [
    {
      place: serial,
      write: () => {
        out.text(String(document.serial + 1n));
      },
    },
    { place, write: list },
  ].sort((a, b) => a.place.start - b.place.start);
  let position = 0;
  for (const edit of edits) {
    out.span(position, edit.place.start);
    edit.write();
    position = edit.place.end;
  }
  out.span(position, document.bytes.length);
  return out.finish();
}

function withResource(document: StateDocument, imported: StateDocument, row: number): Iterable<Item> {
  const staying = Array.from({ length: document.resourceCount }, (_, number) => ({
    id: () => document.idOf(number),
    item: spanItem(document.spanOf(number)),
  }));
  const coming = { id: () => imported.idOf(row), item: textItem(imported, imported.spanOf(row)) };
  const all = merged(staying, [coming], (a, b) => compareResources(a.id(), b.id()));
  return [...all].map(({ item }) => item);
}

function writeInstances(
  out: SpanWriter,
  document: StateDocument,
  home: number,
  imported: StateDocument,
  object: number,
): void {
  const staying = document.instancesOf(home).map((each) => ({
    ...keyed(document, each),
    item: spanItem(document.spanOfInstance(each)),
  }));
  const coming = { ...keyed(imported, object), item: textItem(imported, imported.spanOfInstance(object)) };
  const items = [...merged(staying, [coming], compareObjects)].map(({ item }) => item);
  writeSequence(out, document.instanceListOf(home), items);
}

function keyed(document: StateDocument, object: number): KeyedObject {
  return { object, key: document.keyOf(object), deposed: document.deposedOf(object) };
}

function spanItem(place: Span): Item {
  return {
    place,
    write: (out) => {
      out.span(place.start, place.end);
    },
  };
}

/** As terraform has written it. */
function textItem({ bytes }: StateDocument, { start, end }: Span): Item {
  return {
    place: undefined,
    write: (out) => {
      out.text(bytes.toString('utf8', start, end));
    },
  };
}

function idOf({ module, mode, type, name }: ResourceAddress): ResourceId {
  return { module: formatModule(module), mode, type, name };
}

function unfit(address: string, why: string): RefusedError {
  return new RefusedError(
    'ImportUnfit',
    `what terraform has imported at ${address} cannot be taken: ${why}`,
    {
      hint: 'run "terraform plan": its import blocks may do what this cannot',
    },
  );
}
