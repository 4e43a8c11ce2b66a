import { describe, expect, test } from '@jest/globals';

import { personOf } from '../../../src/approval/person-of.js';
import type { ProvenIdentity } from '../../../src/approval/proof.js';
import { RefusedError } from '../../../src/errors.js';
import {
  ACCOUNT,
  fingerprintOf,
  keyIdentity,
  PEOPLE,
  personNamed,
  sessionIdentity,
  userIdentity,
} from '../../support/approval/judging.js';

const UID = ACCOUNT.uid;
const OTHER = { uid: '210987654321', partition: 'aws' };
const SRE = `arn:aws:iam::${UID}:role/sre`;

function whose(
  identity: ProvenIdentity,
  { people = PEOPLE, account = ACCOUNT, trustedRoles = [] as readonly string[] } = {},
): string {
  return personOf(identity, people, { account, settings: { trustedRoles } }).name;
}

describe('nobody is', () => {
  const shared = [
    ...PEOPLE,
    personNamed('sam', { awsUsernames: ['reviewer'], sshKeys: [fingerprintOf('sasha')] }),
    personNamed('alex', { arns: [`arn:aws:iam::${UID}:user/kim`], awsUsernames: ['sasha'] }),
  ];
  const inRole = (arn: string): { trustedRoles: readonly string[] } => ({ trustedRoles: [arn] });

  test.each<[string, string, ProvenIdentity, Parameters<typeof whose>[1]]>([
    ['an IAM user whom nobody knows', 'PrincipalUnmapped', userIdentity('terraform'), {}],
    ['a user whose name differs in case', 'PrincipalUnmapped', userIdentity('Reviewer'), {}],
    ['an SSH key under an unknown name', 'PrincipalUnmapped', keyIdentity('k', ['stranger']), {}],
    [
      'an SSH key that no name is good for',
      'PrincipalUnmapped',
      keyIdentity('sasha', []),
      { people: shared },
    ],
    ['a pattern', 'PrincipalUnmapped', keyIdentity('k', ['*']), {}],
    [
      'an unknown session of a trusted role',
      'PrincipalUnmapped',
      sessionIdentity('sre', 'i-0abc'),
      inRole(SRE),
    ],
    [
      'a user who is entered for two people',
      'PrincipalAmbiguous',
      userIdentity('reviewer'),
      { people: shared },
    ],
    [
      'a user who is one person by ARN, another by name',
      'PrincipalAmbiguous',
      userIdentity('kim'),
      { people: shared },
    ],
    [
      'a session name that is of one person here, of another there',
      'PrincipalAmbiguous',
      sessionIdentity('sre', 'sasha'),
      { people: shared, ...inRole(SRE) },
    ],
    [
      'a key under two names of two people (python-tuf #974, GHSA-3633-5h82-39pq)',
      'KeyShared',
      keyIdentity('k', ['sasha', 'kim']),
      {},
    ],
    [
      'a key that is also listed for somebody else, though not for this or not any more',
      'KeyShared',
      { ...keyIdentity('k', ['sasha']), otherNames: ['kim'] },
      {},
    ],
    [
      'a key under a name that is not good for this any more',
      'PrincipalUnmapped',
      { ...keyIdentity('k', ['stranger']), otherNames: ['sasha'] },
      {},
    ],
    [
      'a key that one has by name and another by fingerprint',
      'KeyShared',
      keyIdentity('sasha', ['sasha']),
      { people: shared },
    ],
    ['a session of a role that is not trusted', 'SessionUnbound', sessionIdentity('sre', 'sasha'), {}],
    [
      'a session of a role of that name in another account (CVE-2025-11621)',
      'SessionUnbound',
      sessionIdentity('sre', 'sasha'),
      inRole(`arn:aws:iam::${OTHER.uid}:role/sre`),
    ],
    [
      'a session of a role of that name in another partition',
      'SessionUnbound',
      sessionIdentity('sre', 'sasha'),
      inRole(`arn:aws-us-gov:iam::${UID}:role/sre`),
    ],
    [
      'a session of a role whose name begins like a trusted one',
      'SessionUnbound',
      sessionIdentity('sre-tools', 'sasha'),
      inRole(SRE),
    ],
    [
      'a session of a role that a wildcard would allow',
      'SessionUnbound',
      sessionIdentity('sre', 'sasha'),
      inRole(`arn:aws:iam::${UID}:role/*`),
    ],
    [
      'a session that is called like the end of a trusted role',
      'SessionUnbound',
      sessionIdentity('other', 'sre'),
      inRole(SRE),
    ],
    [
      'a federated user, who has called himself like somebody',
      'SessionUnbound',
      userIdentity('sasha', { arn: `arn:aws:sts::${UID}:federated-user/sasha`, userId: `${UID}:sasha` }),
      inRole(SRE),
    ],
    [
      'the root user',
      'CallerRoot',
      userIdentity('root', { arn: `arn:aws:iam::${UID}:root`, userId: UID }),
      {},
    ],
    [
      'somebody of another account with a name of ours',
      'OtherAccount',
      userIdentity('reviewer', { arn: `arn:aws:iam::${OTHER.uid}:user/reviewer`, account: OTHER.uid }),
      {},
    ],
    [
      'somebody in a trusted role of another account',
      'OtherAccount',
      sessionIdentity('sre', 'sasha', OTHER),
      inRole(`arn:aws:iam::${OTHER.uid}:role/sre`),
    ],
    [
      'somebody of the account of that number in another partition',
      'OtherAccount',
      userIdentity('reviewer', { arn: `arn:aws-us-gov:iam::${UID}:user/reviewer` }),
      {},
    ],
    [
      'a user whose account and ARN differ',
      'CallerUnknown',
      userIdentity('reviewer', { account: OTHER.uid }),
      {},
    ],
    [
      'a user with the unique id of a session',
      'CallerUnknown',
      userIdentity('reviewer', { userId: 'AROAEXAMPLE:reviewer' }),
      {},
    ],
    [
      'a session with the unique id of another one',
      'CallerUnknown',
      { ...sessionIdentity('sre', 'sasha'), userId: 'AROAEXAMPLE:kim' },
      inRole(SRE),
    ],
    ['a service', 'CallerUnknown', userIdentity('x', { arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }), {}],
    [
      'an ARN with a line break',
      'CallerUnknown',
      userIdentity('x', { arn: `arn:aws:iam::${UID}:user/reviewer\n` }),
      {},
    ],
    ['no ARN', 'CallerUnknown', userIdentity('x', { arn: 'reviewer' }), {}],
  ])('%s: %s', (_, code, identity, context) => {
    expect(() => whose(identity, context)).toThrow(expect.objectContaining({ code, exitCode: 4 }));
  });

  test('anybody by AWS credentials where the request is about no account', () => {
    const settings = { trustedRoles: [] };
    expect(() => personOf(userIdentity('reviewer'), PEOPLE, { account: undefined, settings })).toThrow(
      expect.objectContaining({ code: 'OtherAccount' }),
    );
  });

  test('every refusal says what to do next', () => {
    for (const identity of [
      userIdentity('x'),
      keyIdentity('k', ['sasha', 'kim']),
      sessionIdentity('a', 'b1'),
    ]) {
      const error = thrownBy(() => whose(identity));
      expect(error).toBeInstanceOf(RefusedError);
      expect(error).toMatchObject({ hint: expect.stringMatching(/\w/) as unknown });
    }
  });
});

function thrownBy(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}
