import { expect, test } from '@jest/globals';

import type { JsonObject } from '../../../../../src/json.js';
import type { Rendered } from '../../../../support/render-one.js';
import { database } from './database.js';

function grouped(group: string, fields: JsonObject = {}, oldGroup = 'name: old'): Rendered {
  const files = { '/pg.yml': `{${group}, parameters: []}`, '/old.yml': `{${oldGroup}, parameters: []}` };
  const account = { supportedDeploymentRegions: ['us-east-1'] };
  return database('a: 1', { parameter_group: '/pg.yml', ...fields }, { files, account });
}

test.each([
  ['family: pg15', 'db-pg', 'db-pg'],
  ['name: shared', 'shared', 'shared'],
  ['name: shared, identifier: mine', 'mine', 'shared'],
  ['name: shared, identifier: ""', 'shared', 'shared'],
  ['name: null, identifier: mine', 'mine', null],
])('a group with %s is the resource %s named %j', (group, resource, name) => {
  const { resources } = grouped(group);
  expect(resources['aws_db_parameter_group']).toMatchObject({ [resource]: { name, parameter: [] } });
  expect(resources['aws_db_instance']).toMatchObject({
    db: { parameter_group_name: name, depends_on: [`aws_db_parameter_group.${resource}`] },
  });
});

test('the provider of a group is that of an instance which names its region', () => {
  const type = 'aws_db_parameter_group.db-pg';
  expect(grouped('family: x').resources).not.toHaveProperty(`${type}.provider`);
  expect(grouped('family: x', { region: 'us-east-1' }).resources).toHaveProperty(
    `${type}.provider`,
    'aws.us-east-1',
  );
});

test('the old group is kept, but the instance neither has it nor waits for it', () => {
  const { resources } = grouped('name: new', { old_parameter_group: '/old.yml' });
  expect(Object.keys(resources['aws_db_parameter_group'] ?? {})).toEqual(['new', 'old']);
  expect(resources).toHaveProperty('aws_db_instance.db.depends_on', ['aws_db_parameter_group.new']);
  expect(resources).not.toHaveProperty('aws_db_instance.db.old_parameter_group');
});

test('a group that only the overrides name is read', () => {
  const overrides = '{"parameter_group": "/pg.yml"}';
  expect(grouped('name: shared', { parameter_group: null, overrides }).resources).toHaveProperty(
    'aws_db_instance.db.parameter_group_name',
    'shared',
  );
});

test.each<[string, JsonObject, string]>([
  ['name: same', { old_parameter_group: '/old.yml' }, 'are both named "same"'],
  ['name: x', { parameter_group: '', old_parameter_group: '/old.yml' }, 'is set without parameter_group'],
  ['name: 7', {}, 'name in /pg.yml must be text, not 7'],
])('%s with %j is refused: %s', (group, fields, message) => {
  expect(() => grouped(group, fields, 'name: same')).toThrow(message);
});
