import { RefusedError } from '../errors.js';
import type { SurgeryRequest } from '../surgery/request/request.js';
import type { Person } from './people.js';
import { principalOf, type ProvenIdentity, type SshIdentity, type StsIdentity } from './proof.js';
import type { ApprovalSettings } from './settings.js';
import { parseCallerArn, type Caller } from './sts/caller-arn.js';
import { isTrustedRole } from './trusted-role.js';

/** What it depends on who somebody is. */
export interface PersonContext {
  /** Of the request; undefined: it is about none. */
  readonly account: SurgeryRequest['account'] | undefined;
  readonly settings: Pick<ApprovalSettings, 'trustedRoles'>;
}

/**
 * Who a proven identity is. Whoever cannot be told for sure is nobody.
 *
 * @throws RefusedError `OtherAccount`, `CallerRoot`, `CallerUnknown`, `SessionUnbound`, `PrincipalUnmapped`,
 *   `PrincipalAmbiguous`, `KeyShared`
 */
export function personOf(
  identity: ProvenIdentity,
  people: readonly Person[],
  context: PersonContext,
): Person {
  const found =
    identity.kind === 'sts' ? peopleOfCaller(identity, people, context) : peopleOfKey(identity, people);
  const [person, ...others] = found;
  if (person === undefined) throw unmapped(identity);
  if (others.length > 0) throw ambiguous(identity, found);
  return person;
}

function peopleOfCaller(identity: StsIdentity, people: readonly Person[], context: PersonContext): Person[] {
  const caller = parseCallerArn(identity.arn);
  requireConsistent(identity, caller);
  requireAccount(caller, context.account);
  const name = boundName(caller, identity, context.settings);
  const isSession = caller.kind !== 'user';
  return people.filter(
    (person) =>
      person.arns.includes(identity.arn) ||
      person.awsUsernames.includes(name) ||
      (isSession && person.name === name),
  );
}

/** What IAM's unique id and the ARN say must be the same. */
function requireConsistent({ account, userId, arn }: StsIdentity, caller: Caller): void {
  const [, session] = userId.split(':');
  const fits = caller.kind === 'assumed-role' ? session === caller.session : session === undefined;
  if (account === caller.account && (fits || caller.kind === 'federated-user')) return;
  throw new RefusedError(
    'CallerUnknown',
    `account and unique id (${account}, ${userId}) are not those of ${arn}`,
    {
      hint: 'use the credentials of an IAM user, or of a role',
    },
  );
}

function requireAccount(caller: Caller, account: PersonContext['account']): void {
  if (account?.uid === caller.account && account.partition === caller.partition) return;
  const whose = account === undefined ? 'no AWS account' : `${account.partition} account ${account.uid}`;
  throw new RefusedError(
    'OtherAccount',
    `the proof is of ${caller.partition} account ${caller.account}, and the request is about ${whose}`,
    { hint: 'sign with credentials of the account of the request, or with an SSH key' },
  );
}

/**
 * The name that nobody could choose for themselves.
 *
 * Of a role session everybody who may assume the role chooses it, also on the way through another role, unless only an
 * identity provider may; that is what `trusted_roles` says. Of a federated user the caller chooses it always.
 */
function boundName(
  caller: Caller,
  { arn }: StsIdentity,
  { trustedRoles }: PersonContext['settings'],
): string {
  if (caller.kind === 'user') return caller.name;
  if (caller.kind === 'assumed-role' && isTrustedRole(caller, trustedRoles)) return caller.session;
  const who = caller.kind === 'assumed-role' ? `a session of the role ${caller.role}` : 'a federated user';
  throw new RefusedError('SessionUnbound', `${arn} is ${who}, whose name anybody could have chosen`, {
    hint: 'use an IAM user or an SSH key; a role of an identity provider can be named in trusted_roles',
  });
}

/** All names count under which the key is accepted, so that one key is never two people (python-tuf #974). */
function peopleOfKey(
  { names, otherNames = [], fingerprint }: SshIdentity,
  people: readonly Person[],
): Person[] {
  if (names.length === 0) return [];
  const listedFor = (listed: readonly string[]): Person[] =>
    people.filter(
      ({ sshNames, sshKeys }) =>
        sshKeys.includes(fingerprint) || sshNames.some((name) => listed.includes(name)),
    );
  const found = listedFor(names);
  // A name that does not count now gives nobody a voice, but whose it is still tells that the key is shared.
  return found.length === 0 ? [] : listedFor([...names, ...otherNames]);
}

function unmapped(identity: ProvenIdentity): RefusedError {
  const names = identity.kind === 'ssh' ? ` (${identity.names.join(', ')})` : '';
  return new RefusedError('PrincipalUnmapped', `nobody knows whose ${principalOf(identity)}${names} is`, {
    hint: 'enter it in [tfrepair.people.NAME], or the user in app-interface',
  });
}

function ambiguous(identity: ProvenIdentity, people: readonly Person[]): RefusedError {
  const names = people.map(({ name }) => name).join(' and ');
  const isKey = identity.kind === 'ssh';
  const what = isKey ? 'the SSH key' : 'the identity';
  return new RefusedError(
    isKey ? 'KeyShared' : 'PrincipalAmbiguous',
    `${what} ${principalOf(identity)} is entered for ${names}`,
    {
      hint: 'a person is told by what nobody else has: leave it with its one owner',
    },
  );
}
