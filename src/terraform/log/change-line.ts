import type { PlanAction, ResourceChange } from '../plan/plan.js';
import { addressAt, type FoundAddress } from './found-address.js';

/** The heading of a resource in a plan that is shown to people. */
export interface ChangeLine {
  readonly change: ResourceChange;
  /** Whether it was changed outside, not planned. */
  readonly isDrift: boolean;
  /** The key of a deposed object, where it is about one. */
  readonly deposed: string | undefined;
}

interface Phrase {
  readonly pattern: RegExp;
  readonly action: PlanAction;
  readonly reason?: string;
  readonly isDrift?: boolean;
}

/** The words after the address, of Terraform 0.13 to 1.14 and OpenTofu. */
const PHRASES: readonly Phrase[] = [
  { pattern: /^ will be created$/, action: 'create' },
  { pattern: /^ will be updated in-place$/, action: 'update' },
  { pattern: /^ will be destroyed$/, action: 'delete' },
  { pattern: /^ must be replaced\b/, action: 'replace', reason: 'cannot_update' },
  { pattern: /^ is tainted, so must be replaced$/, action: 'replace', reason: 'tainted' },
  { pattern: /^ will be replaced, as requested$/, action: 'replace', reason: 'requested' },
  { pattern: /^ will be replaced due to changes in/, action: 'replace', reason: 'replace_triggered_by' },
  { pattern: /^ will be read during apply$/, action: 'read' },
  { pattern: /^ will be imported$/, action: 'import' },
  { pattern: /^ will (?:no longer be managed by|be removed from) (?:the )?\w+\b/, action: 'forget' },
  { pattern: /^ has (?:been )?changed:?$/, action: 'update', isDrift: true },
  { pattern: /^ has been deleted:?$/, action: 'delete', isDrift: true },
];
const MOVED = ' has moved to ';

/** The lines below the heading that say why, in the words of the events. */
const REASONS: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^because module\.\S+ is not in configuration$/, 'delete_because_no_module'],
  [/^because .* was moved to .*, which is not in configuration$/, 'delete_because_no_move_target'],
  [/ is not in configuration$/, 'delete_because_no_resource_config'],
  [/^because resource (?:uses|does not use) /, 'delete_because_wrong_repetition'],
  [/^because index \[.*\] is out of range for count$/, 'delete_because_count_index'],
  [/^because key \[.*\] is not in for_each map$/, 'delete_because_each_key'],
  [/^config refers to values not yet known$/, 'read_because_config_unknown'],
  [/^depends on a resource or a module with changes pending$/, 'read_because_dependency_pending'],
  [/^config will be reloaded to verify a check block$/, 'read_because_check_nested'],
];

/** Marks that are tried as the beginning of a heading; what stands in front of it may have some, too. */
const MAX_MARKS = 4;

/** Reads a line such as `  # aws_iam_user.a will be created`, with anything in front of it. */
export function changeLine(line: string): ChangeLine | undefined {
  let mark = line.indexOf('# ');
  for (let tries = 0; mark !== -1 && tries < MAX_MARKS; tries += 1) {
    const found = addressAt(line, mark + 2);
    const heading = found && headingOf(found, line.slice(found.end).trimEnd());
    if (heading !== undefined) return heading;
    mark = line.indexOf('# ', mark + 2);
  }
  return undefined;
}

function headingOf(found: FoundAddress, words: string): ChangeLine | undefined {
  if (words.startsWith(MOVED)) return movedTo(words.slice(MOVED.length), found.address);
  const phrase = PHRASES.find(({ pattern }) => pattern.test(words));
  if (phrase === undefined) return undefined;
  const { action, reason, isDrift = false } = phrase;
  const { address, type, deposed } = found;
  return { change: { address, type, action, reason, previousAddress: undefined }, isDrift, deposed };
}

function movedTo(text: string, previousAddress: string): ChangeLine | undefined {
  const to = addressAt(text, 0);
  if (to === undefined) return undefined;
  const { address, type } = to;
  const change = { address, type, action: 'move', reason: undefined, previousAddress } as const;
  return { change, isDrift: false, deposed: undefined };
}

/** What a line such as `  # (because index [1] is out of range for count)` adds to the heading above it. */
export function amended(change: ResourceChange, line: string): ResourceChange {
  const remark = /# \((.*)\)\s*$/.exec(line)?.[1];
  if (remark === undefined) return change;
  const previousAddress = /^moved from (.*)$/.exec(remark)?.[1];
  if (previousAddress !== undefined) return { ...change, previousAddress };
  const reason = REASONS.find(([pattern]) => pattern.test(remark))?.[1];
  return reason === undefined ? change : { ...change, reason };
}
