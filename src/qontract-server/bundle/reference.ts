/** A `{"$ref": "/path.yml"}`: an object with that key and no other. */
export interface Reference {
  readonly $ref: unknown;
}

/** Whether an object of a datafile is a reference to another datafile: `$ref` is its one key. */
export function isReference(value: object): value is Reference {
  if (!('$ref' in value)) return false;
  for (const key in value) if (key !== '$ref') return false;
  return true;
}

/** The bundle key in a reference: all before the first `$`, as the real server has it. */
export function referencedPath(ref: string): string {
  const end = ref.indexOf('$');
  return end === -1 ? ref : ref.slice(0, end);
}
