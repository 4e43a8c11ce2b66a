/** Arguments of a resource or attributes of an instance. */
export type Values = Readonly<Record<string, unknown>>;

/** The arguments by which AWS tells objects of most types apart; the first that a resource has counts. */
const NAMES = [
  'bucket',
  'identifier',
  'replication_group_id',
  'cluster_identifier',
  'cluster_id',
  'function_name',
  'domain_name',
  'cluster_name',
  'repository_name',
  'name',
] as const;

/** Types whose names AWS changes in place. */
const RENAMED_IN_PLACE = new Set(['aws_iam_user', 'aws_iam_group', 'aws_db_instance']);

/** The name that a resource has in AWS, with the argument that holds it. */
export function nameOf(values: Values): { readonly argument: string; readonly name: string } | undefined {
  for (const argument of NAMES) {
    const name = text(values[argument]);
    if (name !== undefined) return { argument, name };
  }
  return undefined;
}

/** Arguments of an object of which only the name is known. */
export function namedBy(name: string): Values {
  return Object.fromEntries(NAMES.map((argument) => [argument, name]));
}

/** Whether changing the name of an object does not replace it. */
export function isRenamedInPlace(type: string): boolean {
  return RENAMED_IN_PLACE.has(type);
}

/** A text that is written down literally: not empty, no template. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && !/[$%]\{/.test(value) ? value : undefined;
}
