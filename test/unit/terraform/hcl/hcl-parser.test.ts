import { setTimeout } from 'node:timers/promises';

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { FailedError, InterruptedError } from '../../../../src/errors.js';
import { withHclParser } from '../../../../src/terraform/hcl/hcl-parser.js';
import type { JsonObject } from '../../../../src/json.js';

const never = new AbortController().signal;

const parse = (text: string): Promise<JsonObject> =>
  withHclParser(never, (parseHcl) => parseHcl('net/main.tf', text));

describe('HCL', () => {
  test('becomes JSON, its expressions templates, its heredocs text', async () => {
    const text = `
      resource "aws_sqs_queue" "q" {
        name   = "a"
        policy = <<-EOT
          {"x": "$\${y}"}
        EOT
        tags = { owner = var.owner }
      }`;
    expect(await parse(text)).toEqual({
      resource: {
        aws_sqs_queue: {
          q: [{ name: 'a', policy: '{"x": "$${y}"}\n', tags: { owner: '${var.owner}' } }],
        },
      },
    });
  });

  test('that is empty has no blocks', async () => {
    expect(await parse('')).toEqual({});
  });

  test.each([
    ['a value that is missing', 'resource "a" "b" {\n  x = \n}\n', 2],
    ['a brace that is missing', '\n\nresource "a" "b" {\n', 3],
    ['no text at all', '\0\x01\xff\n', 1],
  ])('with %s is refused with file and line', async (_what, text, line) => {
    await expect(parse(text)).rejects.toMatchObject({
      code: 'HclInvalid',
      message: expect.stringMatching(new RegExp(`^net/main\\.tf:${line}: \\S`)) as unknown,
    });
  });

  test('that nests beyond all bounds is refused, not fatal', async () => {
    const text = `x = ${'['.repeat(50_000)}`;
    await expect(parse(text)).rejects.toMatchObject({ code: 'HclInvalid' });
  });

  test('of any kind is read or refused, one text after another', async () => {
    const pieces = [
      'resource "a" "b" {',
      '}',
      '\n',
      'x = ',
      '"${',
      '1',
      '[',
      '<<EOT',
      'EOT',
      '"',
      '\0',
      'é',
      '#',
      '/*',
    ];
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join(''));
    await withHclParser(never, (parseHcl) =>
      fc.assert(
        fc.asyncProperty(text, async (hcl) => {
          const answer = await parseHcl('main.tf', hcl).catch((error: unknown) => error);
          const isRefused = answer instanceof FailedError && /^main\.tf(?::\d+:)? \S/.test(answer.message);
          expect(isRefused || !(answer instanceof Error)).toBe(true);
        }),
        { numRuns: 300 },
      ),
    );
  });

  test('leaves nothing behind in this thread', async () => {
    await parse('a = 1');
    expect(Object.keys(globalThis)).not.toContain('Go');
  });

  test('is read no further when the command is interrupted', async () => {
    const interruption = new AbortController();
    const text = 'resource "a" "b" { x = [1, 2, 3] }\n'.repeat(30_000);
    const reading = withHclParser(interruption.signal, (parseHcl) => parseHcl('main.tf', text));
    await setTimeout(50);
    interruption.abort(new InterruptedError('Interrupted', 'interrupted'));
    await expect(reading).rejects.toMatchObject({ code: 'Interrupted' });
  });
});
