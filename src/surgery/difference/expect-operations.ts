import { formatModule, type ModulePath, type ResourceAddress } from '../../terraform/address/address.js';
import type { StateDocument } from '../document/state-document.js';
import type { DocumentOperation } from '../operations/operation.js';
import { parseSource } from '../operations/provider-source.js';
import { includesModule, isWithin, readTarget } from '../operations/targets.js';
import { loseDependencies, type Moved } from './expect-dependencies.js';
import { blockOf, expectAsIs, type ExpectedObject } from './expected-object.js';

/** What operations are expected to make of a state: told plainly, over all objects, with no regard to how it is written. */
export function expectOperations(
  document: StateDocument,
  operations: readonly DocumentOperation[],
): ExpectedObject[] {
  const expected = expectAsIs(document);
  const moved: Moved[] = [];
  for (const operation of operations) {
    if (operation.op === 'rm') expectRemoval(expected, operation.addresses);
    else if (operation.op === 'mv') {
      for (const { from, to } of operation.moves) moved.push(...expectMove(expected, from, to));
    } else expectProvider(expected, operation.from, operation.to, operation.addresses);
  }
  loseDependencies(document, expected, moved);
  return expected;
}

function expectRemoval(expected: readonly ExpectedObject[], addresses: readonly string[]): void {
  const wanted = addresses.map((text) => {
    const target = readTarget(text);
    if (target.kind === 'module') return (one: ExpectedObject) => includesModule(target.module, one.module);
    const { key } = target.address;
    const isThere = at(target.address);
    return (one: ExpectedObject) => isThere(one) && (key === undefined || one.key === key);
  });
  const removed = living(expected).filter(
    (one) => one.object !== undefined && wanted.some((isWanted) => isWanted(one)),
  );
  for (const one of removed) Object.assign(one, { isGone: true, isTouched: true });
}

function expectMove(expected: readonly ExpectedObject[], from: string, to: string): Moved[] {
  const [source, target] = [readTarget(from), readTarget(to)];
  if (source.kind === 'module') {
    return target.kind === 'module' ? expectModuleMove(expected, source.module, target.module) : [];
  }
  if (target.kind === 'module') return [];
  const there = expected.filter(at(source.address));
  const ofKey = there.filter(({ object, key }) => object !== undefined && key === source.address.key);
  const isWhole = ofKey.length === 0 && source.address.key === undefined;
  const settled = expected.filter(at(target.address));
  // Where all that is there goes, the resource is a new one.
  const host = settled.every((one) => ofKey.includes(one)) ? undefined : settled[0];
  for (const one of isWhole ? there : ofKey) {
    relocate(one, target.address.module, blockOfAddress(target.address));
    if (isWhole) continue;
    one.key = target.address.key;
    if (host !== undefined) one.provider = host.provider;
  }
  // A resource without objects that has got one is none any more.
  for (const one of settled) if (one.object === undefined) one.isGone = true;
  return [{ address: source.address }];
}

function expectModuleMove(expected: readonly ExpectedObject[], from: ModulePath, to: ModulePath): Moved[] {
  const inside = living(expected).filter(({ module }) => isWithin(from, module));
  const modules = new Map(inside.map(({ moduleText, module }) => [moduleText, module]));
  for (const one of inside) relocate(one, [...to, ...one.module.slice(from.length)], one.block);
  return [...modules.values()].map((module) => ({ module }));
}

function relocate(one: ExpectedObject, module: ModulePath, block: string): void {
  one.module = module;
  one.moduleText = formatModule(module);
  one.block = block;
  one.isTouched = true;
}

function expectProvider(
  expected: readonly ExpectedObject[],
  from: string,
  to: string,
  addresses: readonly string[] | undefined,
): void {
  const wanted = addresses?.map((text) => {
    const target = readTarget(text);
    return target.kind === 'module' ? () => false : at(target.address);
  });
  const [source, target] = [parseSource(from), parseSource(to)];
  for (const one of living(expected)) {
    if (wanted !== undefined && !wanted.some((isWanted) => isWanted(one))) continue;
    const [written, modern, legacy] =
      /provider(?:\["([^"]*)"\]|\.([^.]+))(?=(?:\.[\w-]+)?$)/.exec(one.provider) ?? [];
    const current = parseSource(modern ?? `-/${legacy ?? ''}`);
    if (written === undefined || current !== source) continue;
    one.provider = one.provider.replace(written, () => `provider["${target ?? ''}"]`);
    one.isTouched = true;
  }
}

function at(address: ResourceAddress): (one: ExpectedObject) => boolean {
  const moduleText = formatModule(address.module);
  const block = blockOfAddress(address);
  return (one) => one.block === block && one.moduleText === moduleText && !one.isGone;
}

function blockOfAddress({ mode, type, name }: ResourceAddress): string {
  return blockOf(mode, type, name);
}

function living(expected: readonly ExpectedObject[]): ExpectedObject[] {
  return expected.filter(({ isGone }) => !isGone);
}
