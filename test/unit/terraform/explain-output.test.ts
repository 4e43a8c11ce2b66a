import { expect, test } from '@jest/globals';

import { errorsIn } from '../../../src/terraform/explain-output.js';

test('the errors come without their frame, warnings not at all', () => {
  const output = `╷
│ Warning: Something old
│ 
│ It is old.
╵
╷
│ Error: Failed to query available provider packages
│ 
│ Could not retrieve the list of available versions for provider
│ hashicorp/aws: host not found
╵
`;
  expect(errorsIn(output)).toBe(
    'Failed to query available provider packages:\n' +
      'Could not retrieve the list of available versions for provider\nhashicorp/aws: host not found',
  );
});

test('without a frame, as older versions print them', () => {
  expect(errorsIn('\nError: Invalid backend\n\nno such bucket\n')).toBe('Invalid backend:\nno such bucket');
});

test('an error without details, or with a summary that is a sentence, gets no colon', () => {
  expect(errorsIn('Error: Interrupted\n\nError: It failed.\n\nfor a reason\n')).toBe(
    'Interrupted\nIt failed.\nfor a reason',
  );
});

test('without anything like an error it is the end of what was said', () => {
  expect(errorsIn(['first', ...Array.from({ length: 20 }, (_, i) => `${i}`)].join('\n'))).toBe(
    ['8', '9', '10', '11', '12', '13', '14', '15', '16', '17', '18', '19'].join('\n'),
  );
});

test('a flood is cut', () => {
  const flood = Array.from({ length: 500 }, () => 'x'.repeat(500)).join('\n');
  expect(errorsIn(`Error: ${flood}`).length).toBeLessThanOrEqual(2000);
});
