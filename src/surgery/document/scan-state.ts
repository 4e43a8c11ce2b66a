import { decode } from '../../json-scan/decode.js';
import { JsonScanner } from '../../json-scan/json-scanner.js';
import { JsonSyntaxError } from '../../json-scan/json-syntax-error.js';
import { spaceEnd } from '../../json-scan/json-words.js';
import { InvalidState } from './invalid-state.js';
import { MemberNames } from './member-names.js';
import type { Member, Span } from './members.js';
import { ResourceScanner } from './scan-resource.js';
import type { DocumentParts } from './state-document.js';

const TOP = [
  'version',
  'terraform_version',
  'serial',
  'lineage',
  'outputs',
  'resources',
  'check_results',
  'encrypted_data',
] as const;

const OPEN_BRACKET = 0x5b;
const MAX_SERIAL = 2n ** 64n - 1n;

/** Looks through a state's bytes, in one pass. @throws JsonSyntaxError, InvalidState */
export function scanState(bytes: Buffer): DocumentParts {
  const scanner = new JsonScanner(bytes);
  const resources = new ResourceScanner(bytes, scanner);
  const names = new MemberNames(TOP);
  const members: Member[] = [];
  names.begin();
  const documentEnd = scanner.objectEnd(spaceEnd(bytes, 0), (nameStart, nameEnd, valueStart) => {
    const known = names.see(bytes, nameStart, nameEnd);
    const isList = known === 'resources' && bytes[valueStart] === OPEN_BRACKET;
    const end = isList
      ? scanner.arrayEnd(valueStart, (at) => resources.scan(at))
      : scanner.valueEnd(valueStart);
    members.push({ name: decode(bytes, nameStart, nameEnd), start: nameStart - 1, valueStart, end });
    return end;
  });
  const rest = spaceEnd(bytes, documentEnd);
  if (rest < bytes.length) throw new JsonSyntaxError(bytes, rest);
  checkVersion(bytes, members);
  return {
    bytes,
    members,
    serial: serialOf(bytes, members),
    resourceList: listOf(bytes, members),
    resources: resources.resources,
    instances: resources.instances,
    modules: resources.modules,
    hasInstanceProviders: resources.hasInstanceProviders,
  };
}

function valueOf(members: readonly Member[], name: string): Span | undefined {
  const member = members.find((candidate) => candidate.name === name);
  return member === undefined ? undefined : { start: member.valueStart, end: member.end };
}

function textOf(bytes: Buffer, span: Span | undefined): string {
  // No longer than what is asked of it can be: a value may be the whole document.
  return span === undefined ? '' : bytes.toString('latin1', span.start, Math.min(span.end, span.start + 40));
}

function checkVersion(bytes: Buffer, members: readonly Member[]): void {
  if (valueOf(members, 'encrypted_data') !== undefined) {
    throw new InvalidState(
      "it is encrypted by OpenTofu's state encryption",
      'decrypt it with "tofu state pull" first',
    );
  }
  const version = textOf(bytes, valueOf(members, 'version'));
  if (version === '4') return;
  throw new InvalidState('it is not of format version 4', 'let Terraform 0.13 or newer write it anew');
}

function serialOf(bytes: Buffer, members: readonly Member[]): Span {
  const span = valueOf(members, 'serial');
  const text = textOf(bytes, span);
  if (span !== undefined && /^\d{1,20}$/.test(text) && BigInt(text) < MAX_SERIAL) return span;
  throw new InvalidState('its serial is no whole number');
}

function listOf(bytes: Buffer, members: readonly Member[]): Span | undefined {
  const span = valueOf(members, 'resources');
  if (span === undefined || textOf(bytes, span) === 'null') return undefined;
  if (bytes[span.start] === OPEN_BRACKET) return span;
  throw new InvalidState('its resources are no list');
}
