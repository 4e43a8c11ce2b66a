import { beforeAll, describe, expect, test } from '@jest/globals';
import * as v from 'valibot';

import { createEmbeddedClient } from '../../../src/app-interface/embedded-client.js';
import type { GraphqlClient } from '../../../src/app-interface/graphql-client.js';
import { readPeople } from '../../../src/approval/read-people.js';
import { EMPTY_CONFIG } from '../../../src/config/config.js';
import { parseConfig } from '../../../src/config/load.js';
import { embedBundle } from '../../../src/qontract-server/embedded.js';
import { exampleBundleBytes } from '../../support/example.js';

const SASHA = 'arn:aws:sts::123456789012:assumed-role/sre/sasha';

/** app-interface with these users. */
function clientWith(users: readonly object[]): GraphqlClient {
  return {
    sha256: () => Promise.resolve(''),
    query: (_document, _variables, schema) => Promise.resolve(v.parse(schema, { users })),
  };
}

describe('the people of app-interface', () => {
  let example: GraphqlClient;

  beforeAll(async () => {
    const bytes = await exampleBundleBytes();
    const source = {
      paths: () => Promise.resolve([]),
      async *read() {
        yield await Promise.resolve({ name: 'example', bytes, warnings: [] });
      },
    };
    example = createEmbeddedClient(await embedBundle(source));
  });

  test('are known by their AWS user, and in the allowed-signers file by their names', async () => {
    const people = await readPeople(example, EMPTY_CONFIG);
    expect(people.find(({ name }) => name === 'robin')).toEqual({
      ...{ name: 'robin', awsUsernames: ['operator'], arns: [] },
      ...{ sshNames: ['robin', 'example-robin'], sshKeys: [] },
    });
  });

  test('without a name for AWS have their own there, as terraform-users makes it', async () => {
    const [kim] = await readPeople(clientWith([{ org_username: 'kim', aws_username: '' }]), EMPTY_CONFIG);
    expect(kim).toMatchObject({ awsUsernames: ['kim'], sshNames: ['kim'] });
  });
});

describe('the people of the configuration file', () => {
  const config = parseConfig(
    `[tfrepair.people.sasha]
    arns = ["${SASHA}"]
    ssh_names = ["sasha@ferries.example"]
    [tfrepair.people.alex]
    aws_usernames = ["alex-admin"]`,
    'c.toml',
  );

  test('add to those of app-interface, or stand by themselves', async () => {
    const people = await readPeople(clientWith([{ org_username: 'sasha' }]), config);
    expect(people).toEqual([
      {
        ...{ name: 'sasha', awsUsernames: ['sasha'], arns: [SASHA], sshKeys: [] },
        sshNames: ['sasha', 'sasha@ferries.example'],
      },
      { name: 'alex', awsUsernames: ['alex-admin'], arns: [], sshNames: [], sshKeys: [] },
    ]);
  });

  test('are all there is for a folder that app-interface does not know', async () => {
    expect((await readPeople(undefined, config)).map(({ name }) => name)).toEqual(['sasha', 'alex']);
  });

  test('are one person when nothing but upper and lower case differs', async () => {
    const people = await readPeople(clientWith([{ org_username: 'Sasha' }]), config);
    expect(people.map(({ name }) => name)).toEqual(['Sasha', 'alex']);
  });
});
