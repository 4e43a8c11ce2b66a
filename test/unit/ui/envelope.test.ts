import { expect, test } from '@jest/globals';

import { SCHEMA_VERSION, errorEnvelope, successEnvelope } from '../../../src/ui/envelope.js';

test('a result and an error carry the same schema version and the command', () => {
  const report = { code: 'A', message: 'a', exitCode: 1 };
  expect(successEnvelope('state rm', { x: 1 })).toEqual({
    schemaVersion: SCHEMA_VERSION,
    command: 'state rm',
    result: { x: 1 },
  });
  expect(errorEnvelope('state rm', report)).toEqual({
    schemaVersion: SCHEMA_VERSION,
    command: 'state rm',
    error: report,
  });
});
