import { expect, test } from '@jest/globals';

import type { RootDiagnosis } from '../../../src/diagnosis/diagnosis.js';
import { repairLine, terraformLine } from '../../../src/diagnosis/repair-command.js';
import { forget, forgetStep, takeOver } from '../../../src/diagnosis/repairs.js';

const root: RootDiagnosis = { name: 'acme', kind: 'account', findings: [], resources: [], notes: [] };

test('what has to be done before stands before, and has to work', () => {
  const repair = takeOver(
    'take it',
    'aws_s3_bucket.b["x"]',
    'b',
    forgetStep('forget it', ['aws_s3_bucket.b["x"]']),
  );
  expect(repairLine(repair, root)).toBe(
    `tfrepair state rm 'aws_s3_bucket.b["x"]' --account acme && tfrepair state import 'aws_s3_bucket.b["x"]' b --account acme`,
  );
  expect(terraformLine(repair)).toBe(
    `terraform state rm 'aws_s3_bucket.b["x"]' && terraform import 'aws_s3_bucket.b["x"]' b`,
  );
});

test('a repair of one step is one command', () => {
  expect(repairLine(forget('forget it', ['aws_s3_bucket.b'], []), root)).toBe(
    'tfrepair state rm aws_s3_bucket.b --account acme',
  );
});
