import { existsSync, readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';

import type { JsonObject } from '../../../src/json.js';
import { Blocks } from '../../../src/tf-config/model/document.js';
import { ExistingOutputs } from '../../../src/tf-config/model/outputs.js';
import { rendererOf } from '../../../src/tf-config/registry.js';
import { renderSpecs } from '../../../src/tf-config/render-specs.js';
import { loadOracle, oracleCases, oracleFile } from '../../support/oracle.js';
import { oracleAnswers } from '../../support/oracle-answers.js';

const inputOf = loadOracle('public');
const answersTo = oracleAnswers('public');

function rendered(name: string): Blocks {
  const account = readFileSync(oracleFile('public', `${name}/account.txt`), 'utf8').trim();
  const outputs = oracleFile('public', `${name}/terraform-outputs.json`);
  const existing = existsSync(outputs)
    ? ExistingOutputs.parse(JSON.parse(readFileSync(outputs, 'utf8')), outputs)
    : ExistingOutputs.none();
  const input = { ...inputOf(account), existing };
  const blocks = new Blocks();
  for (const spec of renderSpecs({ ...input, answers: answersTo(input) }).rendered) blocks.merge(spec.blocks);
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
