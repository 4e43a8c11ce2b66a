import type { SurgeryRequest } from '../../../src/surgery/request/request.js';

/** A request, made up. */
export function requestOf(more: Partial<SurgeryRequest> = {}): SurgeryRequest {
  return {
    ...{ schemaVersion: 1, type: 'tfrepair-request', root: 'acme-stage' },
    account: { uid: '123456789012', partition: 'aws' },
    state: { type: 's3', bucket: 'states', key: 'acme/stage.tfstate', region: 'us-east-1' },
    base: { sha256: 'a'.repeat(64), versionToken: '"etag"', lineage: 'b1', serial: 7 },
    operations: [{ op: 'rm', addresses: ['aws_sqs_queue.q["ä"]'] }],
    engine: 'native',
    post: { sha256: 'c'.repeat(64), serial: 8 },
    expectedPlan: [{ address: 'aws_sqs_queue.q["ä"]', action: 'create' }],
    ...{ evidence: [], requester: { arn: 'arn:aws:iam::123456789012:user/jdoe' }, reason: 'it was deleted' },
    tools: { tfrepair: '0.1.0' },
    nonce: '0'.repeat(64),
    ...{ createdAt: '2026-01-31T12:00:00Z', notAfter: '2026-02-01T12:00:00Z' },
    ...more,
  };
}
