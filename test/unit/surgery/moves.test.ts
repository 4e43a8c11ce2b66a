import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { readMoves } from '../../../src/surgery/moves.js';
import { useTempDir } from '../../e2e/support/temp-dir.js';

describe('moves', () => {
  const home = useTempDir();

  test('are pairs, and those of a file', async () => {
    await writeFile(join(home(), 'm.json'), '[{"from":"a.c","to":"a.d"}]');
    expect(await readMoves(['a.a', 'a.b'], 'm.json', home())).toEqual([
      { from: 'a.a', to: 'a.b' },
      { from: 'a.c', to: 'a.d' },
    ]);
  });

  test.each([[['a.a']], [[]]])('%j are not', async (words) => {
    await expect(readMoves(words, undefined, home())).rejects.toMatchObject({ code: 'MoveIncomplete' });
  });

  test('that are not whole are told with their place in the file', async () => {
    await writeFile(join(home(), 'm.json'), '[{"from":"a.c","to":"a.d"},{"from":"a.e"}]');
    await expect(readMoves([], 'm.json', home())).rejects.toMatchObject({
      message: expect.stringContaining('1.to: ') as unknown,
    });
  });

  test.each([['[{"from":"a.c"}]'], ['{}'], ['no']])('are not read from %s', async (text) => {
    await writeFile(join(home(), 'm.json'), text);
    await expect(readMoves([], 'm.json', home())).rejects.toMatchObject({ code: 'MovesUnreadable' });
  });
});
