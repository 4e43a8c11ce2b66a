import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

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
const SRE = `arn:aws:iam::${UID}:role/sre`;
const SSO = 'AWSReservedSSO_sre_0123456789abcdef';

function whose(
  identity: ProvenIdentity,
  { people = PEOPLE, account = ACCOUNT, trustedRoles = [] as readonly string[] } = {},
): string {
  return personOf(identity, people, { account, settings: { trustedRoles } }).name;
}

describe('a person is known', () => {
  const alex = personNamed('alex', {
    arns: [`arn:aws:iam::${UID}:user/staff/alex-admin`, `arn:aws:sts::${UID}:assumed-role/sre/a.lex@example`],
    sshKeys: [fingerprintOf('laptop')],
  });
  const people = [...PEOPLE, alex];

  test.each<[string, ProvenIdentity, readonly string[], string]>([
    ['by the IAM user of app-interface', userIdentity('reviewer'), [], 'sasha'],
    [
      'by that user below a path',
      userIdentity('reviewer', { arn: `arn:aws:iam::${UID}:user/eu/reviewer` }),
      [],
      'sasha',
    ],
    [
      'by a whole ARN',
      userIdentity('alex-admin', { arn: `arn:aws:iam::${UID}:user/staff/alex-admin` }),
      [],
      'alex',
    ],
    ['by a whole ARN of a session of a trusted role', sessionIdentity('sre', 'a.lex@example'), [SRE], 'alex'],
    ['by the session name of a trusted role', sessionIdentity('sre', 'kim'), [SRE], 'kim'],
    ['by a session name that is the IAM user', sessionIdentity('sre', 'reviewer'), [SRE], 'sasha'],
    [
      'in a trusted role that is named by its path',
      sessionIdentity(SSO, 'robin'),
      [`arn:aws:iam::${UID}:role/aws-reserved/sso.amazonaws.com/eu-west-1/${SSO}`],
      'robin',
    ],
    [
      'in a trusted role that is named as its sessions are',
      sessionIdentity('sre', 'robin'),
      [`arn:aws:sts::${UID}:assumed-role/sre`],
      'robin',
    ],
    ['by a name of the allowed-signers file', keyIdentity('k', ['sasha']), [], 'sasha'],
    ['by a key, whatever its name there', keyIdentity('laptop', ['alex@example']), [], 'alex'],
    ['by one of several names of a key', keyIdentity('k', ['kim@example', 'kim']), [], 'kim'],
  ])('%s', (_, identity, trustedRoles, name) => {
    expect(whose(identity, { people, trustedRoles })).toBe(name);
  });
});

test('a key belongs to somebody only if all that is said of it is about one person', () => {
  const names = fc.constantFrom('a', 'b', 'c', 'd');
  const person = fc.record({ name: names, sshNames: fc.uniqueArray(names), keys: fc.uniqueArray(names) });
  const people = fc.uniqueArray(person, { selector: ({ name }) => name });
  fc.assert(
    fc.property(people, names, fc.uniqueArray(names), (known, key, accepted) => {
      const owners = known.filter(
        ({ sshNames, keys }) => keys.includes(key) || sshNames.some((name) => accepted.includes(name)),
      );
      const list = known.map(({ name, sshNames, keys }) =>
        personNamed(name, { sshNames, sshKeys: keys.map(fingerprintOf) }),
      );
      const identity = keyIdentity(key, accepted);
      if (accepted.length > 0 && owners.length === 1)
        expect(whose(identity, { people: list })).toBe(owners[0]?.name);
      else expect(() => whose(identity, { people: list })).toThrow(RefusedError);
    }),
  );
});
