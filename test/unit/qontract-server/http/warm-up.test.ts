import { describe, expect, test } from '@jest/globals';

import type { GraphqlRequest } from '../../../../src/qontract-server/graphql/engine.js';
import { BundleRegistry } from '../../../../src/qontract-server/http/registry.js';
import { warmUp } from '../../../../src/qontract-server/http/warm-up.js';
import { loadedBundle } from '../../../support/small-bundle.js';

describe('warming up', () => {
  test('asks the engine one query that it can answer', async () => {
    const { bundle, engine } = loadedBundle();
    const asked: { request: GraphqlRequest; status: number }[] = [];
    const execute: typeof engine.execute = (request) => {
      const answer = engine.execute(request);
      asked.push({ request, status: answer.status });
      return answer;
    };
    const registry = new BundleRegistry(() => 0);
    registry.register({ bundle, engine: { ...engine, execute } });
    await warmUp(registry);
    expect(asked).toEqual([
      { request: { query: expect.stringContaining('__schema') as unknown }, status: 200 },
    ]);
  });

  test('ends without data too', async () => {
    await expect(warmUp(new BundleRegistry(() => 0))).resolves.toBeUndefined();
  });
});
