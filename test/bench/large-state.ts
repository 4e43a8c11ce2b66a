import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';

const PROVIDER = 'provider["registry.terraform.io/hashicorp/aws"].us-east-1';
/** How many instances a resource with `for_each` has; every second instance is in such a one. */
const KEYS = 10;
/** Together with the rest of an instance about 1.1 kB, as queues and users take. */
const FILLER = 'x'.repeat(620);

/** Writes a state with as many instances, as Terraform lays it out; half of them are resources of their own. */
export async function writeLargeState(file: string, version: string, instances: number): Promise<void> {
  const stream = createWriteStream(file);
  const head = { version: 4, terraform_version: version, serial: 7, lineage: 'bench', outputs: {} };
  stream.write(`${JSON.stringify(head, null, 2).slice(0, -2)},\n  "resources": [`);
  let separator = '\n';
  for (const resource of resources(instances)) {
    const text = JSON.stringify(resource, null, 2).replaceAll('\n', '\n    ');
    if (!stream.write(`${separator}    ${text}`)) await once(stream, 'drain');
    separator = ',\n';
  }
  stream.end('\n  ],\n  "check_results": null\n}\n');
  await finished(stream);
}

/** A resource that the state of so many instances has, far from its beginning and its end. */
export function singleAddress(instances: number, offset: number): string {
  return `aws_sqs_queue.${nameOf('queue', Math.floor(instances / 4) + offset)}`;
}

function* resources(instances: number): Iterable<object> {
  const half = instances / 2;
  for (let index = 0; index < half / KEYS; index++) {
    const keyed = Array.from({ length: KEYS }, (_, key) => ({
      index_key: `key-${key}`,
      ...instance(index, KEYS + key),
    }));
    yield resource('aws_iam_user', nameOf('user', index), keyed);
  }
  for (let index = 0; index < half; index++) {
    yield resource('aws_sqs_queue', nameOf('queue', index), [instance(index, 0)]);
  }
}

function resource(type: string, name: string, instances: readonly object[]): object {
  return { mode: 'managed', type, name, provider: PROVIDER, instances };
}

function instance(index: number, salt: number): object {
  return {
    schema_version: 0,
    attributes: {
      arn: `arn:aws:sqs:us-east-1:123456789012:${index}-${salt}`,
      id: `https://sqs.us-east-1.amazonaws.com/123456789012/${index}-${salt}`,
      policy: FILLER,
      tags: { app: 'example', 'managed-by': 'terraform' },
      visibility_timeout_seconds: 30,
    },
    sensitive_attributes: [],
    private: 'bnVsbA==',
    dependencies: [`aws_iam_user.${nameOf('user', index % 50)}`],
  };
}

/** In the order of its numbers, as Terraform sorts names. */
function nameOf(kind: string, index: number): string {
  return `${kind}-${String(index).padStart(7, '0')}`;
}
