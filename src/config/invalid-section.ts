import * as v from 'valibot';

const KINDS: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  bigint: 'a number that large',
  boolean: 'a boolean',
  Object: 'a table',
  Array: 'an array',
};

/**
 * One mistake in a section of the configuration file: the key's path and what it should have been. The value is never
 * named: it may be a secret.
 *
 * @param name the section, e.g. `tfrepair`
 */
export function describeIssue(issue: v.GenericIssue, name: string): string {
  const path = v.getDotPath(issue);
  const key = path === null ? name : `${name}.${path}`;
  if (issue.expected === 'never') return `unknown key ${key}`;
  if (issue.kind === 'schema' && issue.input === undefined) return `${key} is missing`;
  return `${key} must be ${wanted(issue)}${received(issue)}`;
}

function wanted(issue: v.GenericIssue): string {
  switch (issue.type) {
    case 'check':
      return issue.message;
    case 'non_empty':
      return 'text that is not empty';
    case 'picklist':
      return (issue.expected ?? '').replaceAll(/[()]/g, '').replaceAll(' | ', ' or ');
    case 'integer':
      return 'a whole number';
    case 'min_value':
    case 'max_value':
      return (issue.expected ?? '').replace('>=', 'at least ').replace('<=', 'at most ');
    default:
      return KINDS[issue.expected ?? ''] ?? issue.expected ?? issue.type;
  }
}

function received(issue: v.GenericIssue): string {
  if (issue.kind !== 'schema' || issue.type === 'picklist') return '';
  const { input } = issue;
  if (Array.isArray(input)) return ', not an array';
  if (input instanceof Date) return ', not a date';
  return `, not ${typeof input === 'object' ? 'a table' : (KINDS[typeof input] ?? typeof input)}`;
}
