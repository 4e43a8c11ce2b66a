import { expect, test } from '@jest/globals';

import { CloseStack } from '../../../src/sandbox/close-stack.js';

function stackOf(...closers: [name: string, fails?: boolean][]): { stack: CloseStack; closed: string[] } {
  const stack = new CloseStack();
  const closed: string[] = [];
  for (const [name, fails = false] of closers) {
    stack.add(() => {
      closed.push(name);
      return fails ? Promise.reject(new Error(name)) : Promise.resolve();
    });
  }
  return { stack, closed };
}

test('closes the newest first, and everything once', async () => {
  const { stack, closed } = stackOf(['folder'], ['server']);
  await Promise.all([stack.close(), stack.close()]);
  await stack.close();
  expect(closed).toEqual(['server', 'folder']);
});

test('closes the rest when something cannot be closed, and tells the first failure', async () => {
  const { stack, closed } = stackOf(['folder'], ['second', true], ['first', true]);
  await expect(stack.close()).rejects.toThrow('first');
  expect(closed).toEqual(['first', 'second', 'folder']);
});
