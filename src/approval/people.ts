/** A person, by what identities of theirs are known. */
export interface Person {
  /** `org_username`, or the name in `[tfrepair.people]`. */
  readonly name: string;
  /** IAM user names; they count in the account of the request only. */
  readonly awsUsernames: readonly string[];
  /** Full ARNs of IAM users, or of assumed roles with their session name. */
  readonly arns: readonly string[];
  /** Names in the allowed-signers file. */
  readonly sshNames: readonly string[];
  /** `SHA256:…` fingerprints of SSH keys. */
  readonly sshKeys: readonly string[];
}

/** What tells people apart: two names that differ in nothing but upper and lower case are of one person. */
export function personKey(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}

/** Whether two names are of one person. */
export function isSamePerson(a: string, b: string): boolean {
  return personKey(a) === personKey(b);
}
