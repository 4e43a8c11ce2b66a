import { describe, expect, test } from '@jest/globals';

import { KNOWN_COMMANDS, needsOf } from '../../../src/doctor/needs.js';
import { UsageError } from '../../../src/errors.js';

describe('the needs of a command', () => {
  test('are what it cannot do without, and what it uses when it is there', () => {
    expect(needsOf('diagnose').needs).toContain('terraform');
    expect(needsOf('diagnose').uses).toContain('qontract-server');
  });

  test.each(['state rm', ' state  rm ', 'state:rm'])('are found for %j', (name) => {
    expect(needsOf(name)).toEqual(needsOf('state rm'));
  });

  test('of a topic are those of all its commands, none of them twice', () => {
    const { needs, uses } = needsOf('state');
    expect(needs).toEqual(
      expect.arrayContaining([...needsOf('state rm').needs, ...needsOf('state import').needs]),
    );
    expect(new Set([...needs, ...uses]).size).toBe(needs.length + uses.length);
  });

  test.each(KNOWN_COMMANDS)('are told apart from what %s only uses', (name) => {
    const { needs, uses } = needsOf(name);
    expect(needs.filter((id) => uses.includes(id))).toEqual([]);
  });

  test.each([
    ['dianose', 'did you mean diagnose?'],
    ['state remove', 'did you mean state restore, state resume'],
    ['stat', 'did you mean state?'],
    ['', 'one of: server, bundle'],
    ['constructor', 'one of: server, bundle'],
  ])('%j is refused with the nearest names', (name, hint) => {
    expect(() => needsOf(name)).toThrow(UsageError);
    expect(() => needsOf(name)).toThrow(expect.objectContaining({ hint: expect.stringContaining(hint) }));
  });
});
