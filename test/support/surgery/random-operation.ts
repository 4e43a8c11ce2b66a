import type { StateDocument } from '../../../src/surgery/document/state-document.js';
import type { DocumentOperation } from '../../../src/surgery/operations/operation.js';
import { formatAddress, formatModule, type InstanceKey } from '../../../src/terraform/address/address.js';
import { MODULES, NAMES, NASTY_KEYS, TYPES } from './random-state.js';
import type { Choose } from './write-random-state.js';

const SOURCES = [
  'hashicorp/aws',
  'aws',
  'null',
  'example.com/forks/aws',
  'Example.com/Forks/x_y',
  'terraform',
  '-/aws',
];

/** An operation that mostly fits the state: on what is there, to where nothing is. */
export function randomOperation(document: StateDocument, choose: Choose): DocumentOperation {
  const kind = choose(10);
  if (kind < 3) return randomRemoval(document, choose);
  if (kind < 9) return { op: 'mv', moves: [randomMove(document, choose)] };
  const from = choose(SOURCES.length);
  const others = SOURCES.filter((_, index) => index !== from && !(index < 2 && from < 2));
  return { op: 'replace-provider', from: SOURCES[from] ?? '', to: pick(others, choose) };
}

function randomRemoval(document: StateDocument, choose: Choose): DocumentOperation {
  const count = choose(8) === 0 ? 1 : 1 + choose(3);
  const existing = existingAddresses(document, count > 1);
  // Terraform passes over a missing address among others; alone, it is refused.
  const addresses =
    choose(10) === 0 || existing.length === 0
      ? [randomAddress(choose)]
      : Array.from({ length: count }, () => pick(existing, choose));
  return { op: 'rm', addresses, wholeModules: true, everything: true };
}

function randomMove(document: StateDocument, choose: Choose): { from: string; to: string } {
  const existing = existingAddresses(document);
  const from = choose(12) === 0 || existing.length === 0 ? randomAddress(choose) : pick(existing, choose);
  return { from, to: choose(10) === 0 ? randomAddress(choose) : randomTarget(from, choose) };
}

/** Of the same kind as the source, mostly. */
function randomTarget(from: string, choose: Choose): string {
  if (/^(?:module\.\w+(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?\.?)+$/.test(from)) return randomModule(choose);
  const [, isData, type] =
    /(?:^|\.)(data\.)?(aws_sqs_queue|null_resource)\.[\w-]+(?:\[.*)?$/s.exec(from) ?? [];
  const address = `${isData ?? ''}${type ?? pick(TYPES, choose)}.${pick([...NAMES, 'other'], choose)}`;
  const key = choose(2) === 0 ? '' : formatKeyOf(pick<InstanceKey>([0, 1, 5, ...NASTY_KEYS], choose));
  const module = choose(2) === 0 ? '' : `${randomModule(choose)}.`;
  return `${module}${address}${key}`;
}

function randomAddress(choose: Choose): string {
  if (choose(4) === 0) return randomModule(choose);
  const mode = choose(3) === 0 ? 'data.' : '';
  const module = pick(MODULES, choose);
  return `${module === '' ? '' : `${module}.`}${mode}${pick(TYPES, choose)}.${pick(NAMES, choose)}`;
}

function randomModule(choose: Choose): string {
  const modules = MODULES.filter((module) => module !== '');
  return choose(3) === 0
    ? pick(modules, choose)
    : pick(['module.new', 'module.new["k"]', 'module.x.module.y'], choose);
}

/** Of instances, resources, modules and the modules that these are in. */
function existingAddresses(document: StateDocument, areAllFound = false): string[] {
  const addresses = new Set<string>();
  for (let row = 0; row < document.resourceCount; row++) {
    if (areAllFound && document.instancesOf(row).length === 0) continue;
    const { path } = document.moduleOf(row);
    const { mode, type, name } = document.idOf(row);
    addresses.add(formatAddress({ module: path, mode, type, name, key: undefined }));
    for (let depth = 1; depth <= path.length; depth++) addresses.add(formatModule(path.slice(0, depth)));
  }
  for (let object = 0; object < document.instanceCount; object++) addresses.add(document.addressOf(object));
  // Terraform composes what it is given, and so finds no key that is not composed.
  return [...addresses].filter((address) => !areAllFound || address === address.normalize('NFC'));
}

function formatKeyOf(key: InstanceKey): string {
  return formatAddress({ module: [], mode: 'managed', type: 't', name: 'n', key }).slice(3);
}

function pick<T>(items: readonly T[], choose: Choose): T {
  const item = items[choose(items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}
