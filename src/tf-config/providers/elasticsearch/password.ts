/** What AWS wants of the master user's password (AWS: fine-grained access control, master user). */
const MIN_LENGTH = 8;

const KINDS: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['upper-case letter', /[A-Z]/],
  ['lower-case letter', /[a-z]/],
  ['digit', /[0-9]/],
  ['special character', /[^\p{L}\p{N}]/u],
];

/** What a password lacks, in words that do not give it away; empty when it will do. */
export function passwordFlaws(password: string): string[] {
  const tooShort = Array.from(password).length < MIN_LENGTH;
  return [
    ...(tooShort ? [`fewer than ${MIN_LENGTH} characters`] : []),
    ...KINDS.filter(([, pattern]) => !pattern.test(password)).map(([kind]) => `no ${kind}`),
  ];
}
