import { stringEnd } from '../../json-scan/json-words.js';
import type { InstanceKey } from '../../terraform/address/address.js';
import { membersOf, type Member } from '../document/members.js';
import type { StateDocument } from '../document/state-document.js';
import { jsonText } from './json-text.js';
import { writeSequence, type Item } from './sequence.js';
import type { SpanWriter } from './span-writer.js';

const KEY = 'index_key';

/** Writes an object of an instance with another key, or without its dependencies; all else stays as it is. */
export function writeInstance(
  out: SpanWriter,
  document: StateDocument,
  object: number,
  key: InstanceKey,
  isIndependent: boolean,
): void {
  const span = document.spanOfInstance(object);
  const hasOtherKey = document.keyOf(object) !== key;
  const members = membersOf(document.bytes, span.start).filter(
    ({ name }) => !(isIndependent && name === 'dependencies') && !(hasOtherKey && name === KEY),
  );
  const items = members.map(itemOf);
  if (hasOtherKey && key !== undefined) {
    const value = typeof key === 'number' ? String(key) : jsonText(key);
    items.unshift(newMember(members, KEY, value));
  }
  writeSequence(out, span, items);
}

export function itemOf(member: Member): Item {
  return {
    place: member,
    write: (out) => {
      out.span(member.start, member.end);
    },
  };
}

/** A member that the object did not have, or had with another value: laid out as the others are. */
export function newMember(others: readonly Member[], name: string, value: string): Item {
  return {
    place: undefined,
    write: (out) => {
      out.text(jsonText(name));
      writeColon(out, others[0]);
      out.text(value);
    },
  };
}

/** The member with another value. */
export function changedMember(member: Member, value: string): Item {
  return {
    place: member,
    write: (out) => {
      out.span(member.start, member.valueStart);
      out.text(value);
    },
  };
}

function writeColon(out: SpanWriter, like: Member | undefined): void {
  if (like === undefined) out.text(': ');
  else out.span(stringEnd(out.bytes, like.start), like.valueStart);
}
