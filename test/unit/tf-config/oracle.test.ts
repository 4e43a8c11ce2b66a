import { existsSync, readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';

import type { JsonObject } from '../../../src/json.js';
import { Blocks } from '../../../src/tf-config/model/document.js';
import type { Answer, Need } from '../../../src/tf-config/model/need.js';
import { needKey } from '../../../src/tf-config/model/need.js';
import { ExistingOutputs } from '../../../src/tf-config/model/outputs.js';
import { rendererOf } from '../../../src/tf-config/registry.js';
import { needsOf, renderSpecs } from '../../../src/tf-config/render-specs.js';
import { loadOracle, oracleCases, oracleFile } from '../../support/oracle.js';
import { oracleSecrets } from '../../support/oracle-secrets.js';

const inputOf = loadOracle('public');
const secrets = oracleSecrets('public');

/** What stood in for the outside world when the golden configs were made. */
function answer(need: Need): Answer {
  switch (need.kind) {
    case 'image':
      return { known: true, value: 'ami-0123456789abcdef0' };
    case 'service-addresses':
      return { known: true, value: ['10.0.31.11', '10.0.32.12'] };
    case 'zip':
      return { known: true, value: zipPath(need) };
    case 'secret':
      return { known: true, value: secrets.whole(need.secret) };
    case 'secret-field':
      return { known: true, value: secrets.field(need.secret) };
  }
}

function zipPath(need: Extract<Need, { kind: 'zip' }>): string {
  if (need.folder === 'rosa-authenticator') return '/tmp/RosaAuthenticatorLambda-1.0.0.zip';
  const custom = !need.release.endsWith('latest');
  if (need.folder === 'logs-to-es') return `/tmp/LogsToElasticsearch-${custom ? 'custom' : '1.0.0'}.zip`;
  return custom
    ? '/tmp/example/kinesis-lambda/v2.1.0/lambda.zip'
    : '/tmp/app-sre/kinesis-to-opensearch-lambda/v1.0.0/lambda.zip';
}

function rendered(name: string): Blocks {
  const account = readFileSync(oracleFile('public', `${name}/account.txt`), 'utf8').trim();
  const outputs = oracleFile('public', `${name}/terraform-outputs.json`);
  const existing = existsSync(outputs)
    ? ExistingOutputs.parse(JSON.parse(readFileSync(outputs, 'utf8')), outputs)
    : ExistingOutputs.none();
  const input = { ...inputOf(account), existing };
  const answers = new Map(needsOf(input).map((need) => [needKey(need), answer(need)]));
  const blocks = new Blocks();
  for (const spec of renderSpecs({ ...input, answers }).rendered) blocks.merge(spec.blocks);
  return blocks;
}

/** Objects compare by content, whatever the order of their keys and their prototypes. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

const renderable = oracleCases('public').filter((name) => {
  const account = readFileSync(oracleFile('public', `${name}/account.txt`), 'utf8').trim();
  return (
    existsSync(oracleFile('public', `${name}/config.tf.json`)) &&
    inputOf(account).specs.every((spec) => rendererOf(spec.provider) !== undefined)
  );
});

describe('the golden configs of the real renderer', () => {
  test.each(renderable)('%s: resources, data sources and outputs are equal', (name) => {
    const golden = JSON.parse(
      readFileSync(oracleFile('public', `${name}/config.tf.json`), 'utf8'),
    ) as JsonObject;
    const blocks = rendered(name);
    expect({
      resource: plain(blocks.resources),
      data: { aws_canonical_user_id: { current: {} }, ...(plain(blocks.dataSources) as object) },
      output: plain(blocks.outputs),
    }).toEqual({ resource: golden['resource'] ?? {}, data: golden['data'], output: golden['output'] ?? {} });
  });
});
