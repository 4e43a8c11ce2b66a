import { describe, expect, test } from '@jest/globals';

import { readStoredState } from '../../../src/accounts/stored-state.js';
import { variableEnvironment } from '../../../src/accounts/variable-environment.js';
import { FailedError } from '../../../src/errors.js';
import { Secret } from '../../../src/secret.js';

describe('the variables of a config', () => {
  test('travel by name; those that nobody knows have a placeholder, and are named', () => {
    const common = { sensitive: true, description: 'x' };
    const { env, placeholders } = variableEnvironment([
      { ...common, name: 'db_password', value: new Secret('hunter2') },
      { ...common, name: 'token', value: undefined },
    ]);
    const plain = Object.entries(env).map(([name, value]) => [name, value.reveal()]);
    expect({ plain, placeholders }).toEqual({
      plain: [
        ['TF_VAR_db_password', 'hunter2'],
        ['TF_VAR_token', 'Unknown-Value-0000'],
      ],
      placeholders: ['token'],
    });
  });
});

describe('what is where the state should be', () => {
  const location = { bucket: 'b', key: 'k', region: 'us-east-1' };
  const stored = (text: string | undefined) =>
    readStoredState(
      { storedState: () => Promise.resolve(text === undefined ? undefined : Buffer.from(text)) },
      location,
    );

  test('a state', async () => {
    const document = { version: 4, terraform_version: '1.6.6', serial: 7, lineage: 'l', resources: [] };
    expect(await stored(JSON.stringify(document))).toMatchObject({ kind: 'read', state: { serial: 7 } });
  });

  test('nothing yet', async () => {
    expect(await stored(undefined)).toEqual({ kind: 'none' });
  });

  test('something else, of which the place is named', async () => {
    const found = await stored('<html>');
    expect(found).toMatchObject({ kind: 'unreadable', error: { code: 'StateInvalid' } });
    expect(found.kind === 'unreadable' && found.error.message).toContain('s3://b/k');
  });

  test('what may not be read', async () => {
    const error = new FailedError('StateUnreadable', 'access denied');
    expect(await readStoredState({ storedState: () => Promise.reject(error) }, location)).toEqual({
      ...{ kind: 'unreadable', error },
    });
  });

  test('an interruption is none of these', async () => {
    const interruption = new Error('interrupted');
    const reading = readStoredState({ storedState: () => Promise.reject(interruption) }, location);
    await expect(reading).rejects.toBe(interruption);
  });
});
