import type { ResourceStatus } from '../diagnosis/diagnosis.js';
import { messageOf, UsageError } from '../errors.js';
import type { ListedResource } from './resource-list.js';

/** What a user wants to see; empty or undefined: no restriction. */
export interface ResourceFilter {
  readonly types: readonly string[];
  /** A JavaScript regular expression, for address and id. */
  readonly match: string | undefined;
  readonly statuses: readonly ResourceStatus[];
}

/** Whether a resource is wanted. @throws UsageError `PatternInvalid` */
export function resourceFilter({
  types,
  match,
  statuses,
}: ResourceFilter): (resource: ListedResource) => boolean {
  const pattern = match === undefined ? undefined : patternOf(match);
  return ({ address, type, id = '', status }) =>
    (types.length === 0 || types.includes(type)) &&
    (statuses.length === 0 || statuses.includes(status)) &&
    (pattern === undefined || pattern.test(address) || pattern.test(id));
}

function patternOf(match: string): RegExp {
  try {
    return new RegExp(match, 'u');
  } catch (error) {
    throw new UsageError('PatternInvalid', `--match is no regular expression: ${messageOf(error)}`, {
      hint: String.raw`dots, brackets and the like want a backslash: 'aws_sqs_queue\.q\[0\]'`,
      cause: error,
    });
  }
}
