import { describe, expect, test } from '@jest/globals';

import { database } from './database.js';

const PASSWORD = 'db-rds__db_password';
const RESET = 'db-rds__reset_password';
const NEW = 'RANDOMrandom01234567';

describe('the password', () => {
  test.each([
    ['has none, and no reset is asked for', null, { x__y: 'z' }, NEW, 'the state has none'],
    ['has an empty one', null, { [PASSWORD]: '' }, NEW, 'the state has none'],
    ['has one', null, { [PASSWORD]: 'kept' }, 'kept', undefined],
    ['has been reset just so', 'r1', { [PASSWORD]: 'kept', [RESET]: 'r1' }, 'kept', undefined],
    ['has been reset otherwise', 'r2', { [PASSWORD]: 'kept', [RESET]: 'r1' }, NEW, 'reset'],
    ['has never been reset', 'r1', { [PASSWORD]: 'kept' }, NEW, 'reset'],
    ['has been reset once, which is over', null, { [PASSWORD]: 'kept', [RESET]: 'r1' }, NEW, 'reset'],
    ['has never been reset, and the reset is empty', '', { [PASSWORD]: 'kept' }, NEW, 'reset'],
  ])('where the state %s (reset_password: %j)', (_, reset, outputs, password, why) => {
    const {
      resources,
      outputs: rendered,
      unknowns,
    } = database('a: 1', { reset_password: reset }, { outputs });
    expect(resources).toHaveProperty('aws_db_instance.db.password', password);
    expect(rendered[PASSWORD]).toEqual({ value: password, sensitive: true });
    const reason = why === 'reset' ? 'reset_password is not what the state has' : why;
    expect(unknowns).toEqual(
      reason === undefined ? [] : [{ what: 'db_password', why: reason, instead: 'new random value' }],
    );
  });

  test('is new when there is no state to look at', () => {
    const { unknowns } = database('a: 1', { reset_password: 'r1' });
    expect(unknowns).toEqual([
      { what: 'db_password', why: 'no outputs of a state at hand', instead: 'new random value' },
    ]);
  });

  test('of the values counts for nothing', () => {
    expect(database('password: given').resources).toHaveProperty('aws_db_instance.db.password', NEW);
  });

  test('is one sensitive variable in resource and output', () => {
    const world = { outputs: { [PASSWORD]: 'CANARY' }, plainSecrets: false };
    const { resources, outputs, variables } = database('a: 1', {}, world);
    expect(JSON.stringify([resources, outputs])).not.toContain('CANARY');
    expect(resources).toHaveProperty('aws_db_instance.db.password', '${var.db_rds__db_password}');
    expect(variables).toEqual([{ name: 'db_rds__db_password', sensitive: true, value: 'CANARY' }]);
  });

  test('is empty for an instance that replicates another by its argument, which has no login of its own', () => {
    const { resources, outputs } = database('replicate_source_db: other');
    expect(resources).toHaveProperty('aws_db_instance.db.password', '');
    expect(Object.keys(outputs)).not.toContain(PASSWORD);
    expect(Object.keys(outputs)).not.toContain('db-rds__db_user');
  });

  test('is empty where replica_source is, though the login is put out', () => {
    const { outputs } = database('a: 1', { replica_source: '' });
    expect(outputs[PASSWORD]).toEqual({ value: '', sensitive: true });
  });
});

test.each([
  ['r1', 'r1'],
  ['', undefined],
  [null, undefined],
])('reset_password %j is put out as %j', (reset, output) => {
  const { resources, outputs } = database('a: 1', { reset_password: reset });
  expect(outputs[RESET]).toEqual(output === undefined ? undefined : { value: output });
  expect(resources).not.toHaveProperty('aws_db_instance.db.reset_password');
});

test('an instance without user name is refused', () => {
  expect(() => database('a: 1', { overrides: '{"username": null}' })).not.toThrow();
  expect(() => database('{}', { defaults: '/none.yml' }, { files: { '/none.yml': '{}' } })).toThrow(
    'username is missing',
  );
});
