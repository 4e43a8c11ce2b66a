/** One comparison of a constraint; the longest operators first. */
const CONDITION = /^\s*(!=|>=|<=|~>|>|<|=)?\s*v?(\d+(?:\.\d+){0,2})(?:[-+][\w.+-]+)?\s*$/;
const VERSION = /^v?(\d+(?:\.\d+){0,2})(?:[-+]|$)/;

/** -1, 0 or 1, as the first version is older, equal or newer; undefined: one of them is no version. Pre-releases are as their release. */
export function compareVersions(left: string, right: string): -1 | 0 | 1 | undefined {
  const [a, b] = [numbers(left), numbers(right)];
  return a === undefined || b === undefined ? undefined : compare(a, b);
}

/**
 * Whether a version fulfils a constraint like `>= 1.3.0, < 2.0`; undefined when either cannot be read.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/version-constraints
 */
export function satisfies(version: string, constraint: string): boolean | undefined {
  const actual = numbers(version);
  if (actual === undefined) return undefined;
  const results = constraint.split(',').map((condition) => fulfils(actual, condition));
  return results.includes(undefined) ? undefined : results.every(Boolean);
}

function fulfils(actual: readonly number[], condition: string): boolean | undefined {
  const [, operator = '=', wanted] = CONDITION.exec(condition) ?? [];
  if (wanted === undefined) return undefined;
  const parts = wanted.split('.').map(Number);
  const order = compare(actual, parts);
  switch (operator) {
    case '!=':
      return order !== 0;
    case '>':
      return order === 1;
    case '>=':
      return order !== -1;
    case '<':
      return order === -1;
    case '<=':
      return order !== 1;
    case '~>':
      return order !== -1 && parts.slice(0, -1).every((part, i) => actual[i] === part);
    default:
      return order === 0;
  }
}

function numbers(version: string): number[] | undefined {
  return VERSION.exec(version.trim())?.[1]?.split('.').map(Number);
}

function compare(left: readonly number[], right: readonly number[]): -1 | 0 | 1 {
  for (let i = 0; i < 3; i += 1) {
    const [a, b] = [left[i] ?? 0, right[i] ?? 0];
    if (a !== b) return a < b ? -1 : 1;
  }
  return 0;
}
