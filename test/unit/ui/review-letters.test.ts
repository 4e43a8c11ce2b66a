import { describe, expect, test } from '@jest/globals';

import type { ReviewView } from '../../../src/review/review-view.js';
import { renderAsked } from '../../../src/ui/asked-report.js';
import { createPalette } from '../../../src/ui/palette.js';
import { renderReview } from '../../../src/ui/review-report.js';

const colour = createPalette({ isTTY: false, env: {}, noColor: true });

/** Cyrillic letters that look like Latin ones. */
const LOOKALIKE = 'aws_iam_user.\u0430dmin';
const ESCAPED = 'aws_iam_user.\\u0430dmin';
const OTHER = 'module.\u0445["\u00fc"].aws_iam_user.\u0440';
const OTHER_ESCAPED = 'module.\\u0445["\\u00fc"].aws_iam_user.\\u0440';

const VIEW: ReviewView = {
  ...{ root: '\u0430cme', state: 's3://states/acme.tfstate', digest: 'd'.repeat(64), serial: 7, maker: {} },
  ...{ reason: 'gelöscht', createdAt: '2026-11-23T09:00:00Z', notAfter: '2026-11-24T09:00:00Z', ageMs: 0 },
  ...{ engine: 'native', operations: [{ op: 'mv', moves: [{ from: LOOKALIKE, to: OTHER }] }] },
  instances: [
    {
      ...{ change: { kind: 'moved', from: LOOKALIKE, to: OTHER, what: [] }, address: LOOKALIKE },
      ...{ type: 'aws_iam_us\u0435r', owners: [], dependents: [OTHER] },
      expected: [{ action: 'update', address: OTHER }],
    },
  ],
  ...{ document: [], differences: [`${LOOKALIKE} is not in it`], notes: [`AWS does not know ${LOOKALIKE}`] },
  evidence: [{ code: 'deleted-outside', address: LOOKALIKE, summary: `${LOOKALIKE} is gone` }],
};

describe('what a reviewer is shown', () => {
  test.each([true, false])(
    'has escapes for letters of addresses that may look like others (all: %s)',
    (all) => {
      const instances = all ? VIEW.instances : Array.from({ length: 21 }, () => VIEW.instances).flat();
      const text = renderReview({ ...VIEW, instances }, { colour, width: 200, allInstances: all });
      expect(text).not.toMatch(/[\u0400-\u04ff](?!cme)/u);
      for (const shown of [
        `mv ${ESCAPED} → ${OTHER_ESCAPED}`,
        `deleted-outside ${ESCAPED}: ${ESCAPED} is gone`,
        `AWS does not know ${ESCAPED}`,
        `${ESCAPED} is not in it`,
        ...(all
          ? [`update ${OTHER_ESCAPED}`, `becomes ${OTHER_ESCAPED}`, 'aws_iam_us\\u0435r']
          : [`e.g. ${ESCAPED}`]),
      ]) {
        expect(text).toContain(shown);
      }
    },
  );

  test('says of the name that has to be typed that it is not what it looks like, and leaves prose alone', () => {
    const text = renderReview(VIEW, { colour, width: 80, allInstances: false });
    expect(text).toContain('\u0430cme (\\u0430cme)');
    expect(text).toContain('gelöscht');
  });

  test('is what its maker was shown, with the same escapes', () => {
    const { root, state, serial } = VIEW;
    const changes = [{ kind: 'removed', address: LOOKALIKE } as const];
    const asked = renderAsked({ root, state, serial, changes, expectedPlan: [] }, colour);
    expect(asked).toContain(`- ${ESCAPED}`);
  });
});
