import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { findClipboard } from '../../../src/repair/clipboard.js';
import { useTempDir } from '../../e2e/support/temp-dir.js';

describe('the clipboard', () => {
  const folder = useTempDir();
  const signal = new AbortController().signal;
  const nowhere = { PATH: '/nowhere', TERM: 'xterm-256color' };

  async function addProgram(name: string, script: string): Promise<void> {
    const file = join(folder(), name);
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
  }

  test('is a program that is there, with its display; the text goes by stdin', async () => {
    await addProgram('wl-copy', `/bin/cat > ${folder()}/copied; echo "$@" >> ${folder()}/args`);
    const env = { PATH: folder(), WAYLAND_DISPLAY: 'wayland-0' };
    const clipboard = await findClipboard({ env, signal }, undefined);
    await clipboard?.copy('tfrr1.abc');
    expect(clipboard?.name).toBe('wl-copy');
    expect(await readFile(join(folder(), 'copied'), 'utf8')).toBe('tfrr1.abc');
    expect(await readFile(join(folder(), 'args'), 'utf8')).toBe('\n');
  });

  test('is not a program without its display', async () => {
    await addProgram('xclip', 'exit 0');
    expect(await findClipboard({ env: { PATH: folder() }, signal }, undefined)).toBeUndefined();
  });

  test('that does not work is an error that tells what else to do', async () => {
    await addProgram('xclip', 'exit 1');
    const clipboard = await findClipboard({ env: { PATH: folder(), DISPLAY: ':0' }, signal }, undefined);
    await expect(clipboard?.copy('x')).rejects.toMatchObject({ code: 'ClipboardUnusable' });
  });

  test('is that of a terminal that is known to have one', async () => {
    const written: string[] = [];
    const write = (text: string): void => void written.push(text);
    const clipboard = await findClipboard({ env: { ...nowhere, TERM_PROGRAM: 'WezTerm' }, signal }, write);
    await clipboard?.copy('tfrr1.abc');
    expect(written).toEqual([`\u001B]52;c;${Buffer.from('tfrr1.abc').toString('base64')}\u0007`]);
    await expect(clipboard?.copy('x'.repeat(80_000))).rejects.toThrow('too long');
  });

  test.each([
    ['of an unknown terminal', {}],
    ['behind tmux', { TERM_PROGRAM: 'WezTerm', TMUX: '/tmp/tmux/default,1,0' }],
    ['behind screen', { TERM_PROGRAM: 'WezTerm', STY: '1.pts' }],
  ])('%s is not offered', async (_, env) => {
    expect(await findClipboard({ env: { ...nowhere, ...env }, signal }, () => undefined)).toBeUndefined();
  });
});
