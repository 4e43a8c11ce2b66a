import { readFileSync } from 'node:fs';

import { FailedError } from '../../src/errors.js';
import { rendererOf } from '../../src/tf-config/registry.js';
import { renderSpecs } from '../../src/tf-config/render-specs.js';
import { oracleAnswers } from './oracle-answers.js';
import { loadOracle, oracleFile } from './oracle.js';

/** Gives, for an error case of the oracle, the code and message with which its account fails: `CODE: MESSAGE`. */
export function oracleFailures(): (name: string) => string {
  const inputOf = loadOracle('errors');
  const answersOf = oracleAnswers('errors');
  return (name) => {
    const account = readFileSync(oracleFile('errors', `${name}/account.txt`), 'utf8').trim();
    const input = inputOf(account);
    const missing = input.specs.find(({ provider }) => rendererOf(provider) === undefined);
    if (missing !== undefined) throw new Error(`nothing renders ${missing.provider}`);
    try {
      renderSpecs({ ...input, answers: answersOf(input) });
    } catch (error) {
      if (error instanceof FailedError) return `${error.code}: ${error.message}`;
      throw error;
    }
    return 'rendered';
  };
}
