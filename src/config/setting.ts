/**
 * The value of one setting. Flags win over the environment (oclif has merged these two into `flag`), and both win over
 * the file; an empty value counts as not given.
 */
export function setting<T extends string | number | boolean>(
  flag: T | undefined,
  fileValue: T | undefined,
): T | undefined {
  return flag === undefined || flag === '' ? fileValue : flag;
}
