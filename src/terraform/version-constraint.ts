import satisfies from 'semver/functions/satisfies.js';

/** `~> 1.6`, `>= 1.0`, `1.6.6`; a pre-release may follow. */
const CONDITION = /^(~>|>=|<=|!=|=|>|<)?\s*v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(-[\w.]+)?$/;

/**
 * Whether a version satisfies a version constraint: conditions with commas between them.
 *
 * @returns undefined when it is no constraint
 * @see https://developer.hashicorp.com/terraform/language/expressions/version-constraints
 */
export function satisfiesConstraint(version: string, constraint: string): boolean | undefined {
  const conditions = constraint.split(',').map((text) => conditionOf(text.trim()));
  if (conditions.some((condition) => condition === undefined)) return undefined;
  return conditions.every((condition) => condition?.(version));
}

function conditionOf(text: string): ((version: string) => boolean) | undefined {
  const found = CONDITION.exec(text);
  if (found === null) return undefined;
  const [, operator = '=', major = '0', minor, patch, prerelease = ''] = found;
  const full = `${major}.${minor ?? '0'}.${patch ?? '0'}${prerelease}`;
  switch (operator) {
    case '~>':
      return (version) => within(version, `>=${full} <${nextOf(Number(major), minor, patch)}-0`);
    case '!=':
      return (version) => !within(version, `=${full}`);
    default:
      return (version) => within(version, `${operator}${full}`);
  }
}

/** The rightmost number that is given may grow: `~> 1.6` ends before 2, `~> 1.6.2` before 1.7. */
function nextOf(major: number, minor: string | undefined, patch: string | undefined): string {
  return patch === undefined ? `${major + 1}.0.0` : `${major}.${Number(minor) + 1}.0`;
}

function within(version: string, range: string): boolean {
  return satisfies(version, range, { includePrerelease: true });
}
