import { isDeepStrictEqual } from 'node:util';

import fc from 'fast-check';

import { TfrepairError } from '../../../src/errors.js';
import { proveOnly } from '../../../src/surgery/difference/prove-only.js';
import { readStateDocument } from '../../../src/surgery/document/read-state.js';
import { applyOperations } from '../../../src/surgery/operations/apply-operations.js';
import type { DocumentOperation } from '../../../src/surgery/operations/operation.js';
import { parseTarget } from '../../../src/terraform/address/parse.js';
import { isWithin } from '../../../src/surgery/operations/targets.js';
import { randomOperation } from './random-operation.js';
import { randomState, type RandomState } from './random-state.js';
import type { Outcome, TerraformState } from './terraform-state.js';
import { parseExactly, writeAsTerraform, writeWildly, type Choose } from './write-random-state.js';

/** A random state with random operations, and whether it is laid out as Terraform does it. */
export interface DifferentialCase {
  readonly text: string;
  readonly operations: readonly DocumentOperation[];
  readonly isWild: boolean;
}

const SENTINEL = { type: 'null_resource', name: 'zz_sentinel' };
const FORGET_SENTINEL: DocumentOperation = { op: 'rm', addresses: [`${SENTINEL.type}.${SENTINEL.name}`] };

/** The cases of a seed: the same ones each time. */
export function differentialCases(seed: number, count: number, version: string): DifferentialCase[] {
  const random = fc.record({
    state: randomState,
    isWild: fc.boolean(),
    start: fc.nat(),
  });
  return fc.sample(random, { seed, numRuns: count }).map(({ state, isWild, start }) => {
    const choose = chooser(start);
    const text = isWild
      ? writeWildly(withSentinel(state), version, choose)
      : writeAsTerraform(state, version);
    return { text, isWild, operations: randomOperations(text, choose) };
  });
}

/** Many choices from one random number (the generator mulberry32). */
function chooser(start: number): Choose {
  let state = start;
  return (count) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % count;
  };
}

/** Terraform writes a state anew, in its own layout, only where there is something to change. */
function withSentinel(state: RandomState): RandomState {
  const provider = 'provider["registry.terraform.io/hashicorp/null"]';
  const instances = [{ key: undefined, deposed: undefined, members: { schema_version: 0, attributes: {} } }];
  return {
    ...state,
    resources: [...state.resources, { ...SENTINEL, module: '', mode: 'managed', provider, instances }],
  };
}

/** Each fits the state that the ones before it have made; the last one may be impossible. */
function randomOperations(text: string, choose: Choose): DocumentOperation[] {
  const operations: DocumentOperation[] = [];
  const length = 1 + choose(4);
  let document = readStateDocument(Buffer.from(text), 'base');
  for (let attempt = 0; operations.length < length && attempt < 50; attempt++) {
    const operation = randomOperation(document, choose);
    if (isUnpredictable(operation) || JSON.stringify(operation).includes(SENTINEL.name)) continue;
    try {
      document = readStateDocument(applyOperations(document, [operation]), 'next');
    } catch (error) {
      if (!isRefusal(error)) throw error;
      // Most of what is refused teaches nothing about what is done.
      if (choose(5) > 0) continue;
      operations.push(operation);
      break;
    }
    operations.push(operation);
  }
  return operations;
}

/** Terraform moves a module into itself in the order of a Go map, which is another one each time. */
function isUnpredictable(operation: DocumentOperation): boolean {
  if (operation.op !== 'mv') return false;
  return operation.moves.some(({ from, to }) => {
    const [source, target] = [parseTarget(from), parseTarget(to)];
    return source.kind === 'module' && target.kind === 'module' && isWithin(source.module, target.module);
  });
}

export interface Comparison {
  readonly difference: string | undefined;
  /** Whether both have refused. */
  readonly isRefused: boolean;
}

/** Runs a case by us and by Terraform, and proves ours. */
export async function compareCase(
  { text, operations, isWild }: DifferentialCase,
  terraform: TerraformState,
): Promise<Comparison> {
  const ours = applyOurs(text, operations);
  const all = isWild ? [...operations, FORGET_SENTINEL] : operations;
  const theirs = await terraform.apply('theirs.json', text, all);
  if ('refusal' in ours || 'refusal' in theirs) {
    return { difference: refusalDifference(ours, theirs), isRefused: true };
  }
  if (!isWild) return { difference: textDifference(ours.state, theirs.state), isRefused: false };
  const normalized = await terraform.apply('ours.json', ours.state, [FORGET_SENTINEL]);
  const difference =
    'refusal' in normalized
      ? `terraform cannot read ours: ${normalized.refusal}`
      : textDifference(normalized.state, theirs.state);
  return { difference, isRefused: false };
}

function applyOurs(text: string, operations: readonly DocumentOperation[]): Outcome {
  try {
    const base = readStateDocument(Buffer.from(text), 'base');
    const post = applyOperations(base, operations);
    proveOnly(base, readStateDocument(post, 'post'), operations);
    return { state: post.toString() };
  } catch (error) {
    if (isRefusal(error)) return { refusal: error.message };
    throw error;
  }
}

/** Whether operations were refused; that they are found not to have been done as asked is no refusal. */
function isRefusal(error: unknown): error is TfrepairError {
  return error instanceof TfrepairError && error.code !== 'UnexpectedDifference';
}

function refusalDifference(ours: Outcome, theirs: Outcome): string | undefined {
  if ('refusal' in ours && 'refusal' in theirs) return undefined;
  return 'refusal' in ours
    ? `we refuse: ${ours.refusal}`
    : `terraform refuses: ${'refusal' in theirs ? theirs.refusal : ''}`;
}

function textDifference(ours: string, theirs: string): string | undefined {
  const [a, b] = [comparable(ours), comparable(theirs)];
  if (a === b || isDeepStrictEqual(sortedInstances(a), sortedInstances(b))) return undefined;
  return firstDifference(a.split('\n'), b.split('\n'));
}

function firstDifference(ours: readonly string[], theirs: readonly string[]): string {
  const at = Math.max(0, ours.findIndex((line, index) => line !== theirs[index]) - 5);
  return `from line ${at + 1}, ours:\n${ours.slice(at, at + 12).join('\n')}\ntheirs:\n${theirs.slice(at, at + 12).join('\n')}`;
}

/** Serials differ as Terraform counts each command, and it writes its own version. */
function comparable(text: string): string {
  return text
    .replace(/^ {2}"serial": \d+/m, '  "serial": 0')
    .replace(/^ {2}"terraform_version": "[^"]+"/m, '  "terraform_version": ""');
}

/** Terraform's order of number and text keys side by side is undefined; and only that may differ. */
function sortedInstances(text: string): unknown {
  const document = parseExactly(text) as {
    resources: { instances: { index_key?: unknown }[] }[];
  };
  for (const { instances } of document.resources) {
    const kinds = new Set(instances.map(({ index_key: key }) => String(key).startsWith('@number ')));
    if (kinds.size < 2) continue;
    instances.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  return document;
}
