import type { GraphqlClient } from '../app-interface/graphql-client.js';
import { fetchUsers, type User } from '../app-interface/users.js';
import type { Config } from '../config/config.js';
import { personKey, type Person } from './people.js';

/**
 * Everybody who is known: the users of app-interface, and `[tfrepair.people]`, which adds to what is known of them by the
 * same name. Names that differ in nothing but upper and lower case are of one person.
 *
 * @param client undefined: app-interface has nothing to do with it
 * @throws FailedError when app-interface cannot be asked
 */
export async function readPeople(client: GraphqlClient | undefined, config: Config): Promise<Person[]> {
  const users = client === undefined ? [] : await fetchUsers(client);
  return joined([...users.map(personOfUser), ...personsIn(config)]);
}

/** The IAM user is called as terraform-users of qontract-reconcile makes it: `aws_username`, else `org_username`. */
function personOfUser({ org_username: name, aws_username: aws, github_username: github }: User): Person {
  return {
    name,
    awsUsernames: [aws === null || aws === undefined || aws === '' ? name : aws],
    arns: [],
    sshNames: [name, ...(github === null || github === undefined || github === '' ? [] : [github])],
    sshKeys: [],
  };
}

function personsIn({ tfrepair }: Config): Person[] {
  return Object.entries(tfrepair.people ?? {}).map(([name, known]) => ({
    name,
    awsUsernames: known.aws_usernames ?? [],
    arns: known.arns ?? [],
    sshNames: known.ssh_names ?? [],
    sshKeys: known.ssh_keys ?? [],
  }));
}

function joined(persons: readonly Person[]): Person[] {
  const byKey = new Map<string, Person>();
  for (const person of persons) {
    const known = byKey.get(personKey(person.name));
    byKey.set(personKey(person.name), known === undefined ? person : join(known, person));
  }
  return [...byKey.values()];
}

function join(known: Person, more: Person): Person {
  return {
    name: known.name,
    awsUsernames: [...known.awsUsernames, ...more.awsUsernames],
    arns: [...known.arns, ...more.arns],
    sshNames: [...known.sshNames, ...more.sshNames],
    sshKeys: [...known.sshKeys, ...more.sshKeys],
  };
}
