import { beforeAll, describe, expect, test } from '@jest/globals';

import { parseBundle } from '../../../../src/qontract-server/bundle/parse.js';
import {
  createEngine,
  type GraphqlAnswer,
  type GraphqlEngine,
  type GraphqlRequest,
} from '../../../../src/qontract-server/graphql/engine.js';
import { createNarrowEngine } from '../../../../src/qontract-server/graphql/narrow-engine.js';
import { smallBundle } from '../../../support/small-bundle.js';

let complete: GraphqlEngine;
let narrow: (request: GraphqlRequest) => GraphqlAnswer;

beforeAll(() => {
  const roles = { '/a.yml': { name: 'cook' }, '/b.yml': { name: 'baker', notes: 'early' }, '/c.yml': {} };
  const bundle = parseBundle(smallBundle({ roles }), 'small bundle');
  complete = createEngine(bundle);
  narrow = createNarrowEngine(bundle);
});

describe('a narrow engine answers as the complete one', () => {
  test.each<[string, GraphqlRequest]>([
    ['a list', { query: '{ roles_v1(name: "baker") { path notes } }' }],
    [
      'a filter by a field that it does not ask for',
      {
        query: 'query Q($f: JSON) { roles: roles_v1(filter: $f) { path schema } }',
        variables: { f: { name: 'cook' } },
      },
    ],
    [
      'a fragment',
      { query: '{ roles_v1(path: "/a.yml") { ...R __typename } } fragment R on Role_v1 { name }' },
    ],
    ['a value that is missing', { query: '{ roles_v1 { name } }' }],
    ['a field that there is not', { query: '{ roles_v1 { nam } }' }],
    ['an argument that there is not', { query: '{ roles_v1(nam: "cook") { name } }' }],
    ['a type that there is not', { query: '{ roles_v1 { ... on Rule_v1 { name } } }' }],
    ['a type that never fits', { query: '{ roles_v1 { ... on Query { name } } }' }],
    ['a scalar with fields', { query: '{ roles_v1 { name { path } } }' }],
    ['an object without fields', { query: '{ roles_v1 }' }],
    [
      'a variable of the wrong type',
      { query: 'query Q($n: String) { roles_v1(name: $n) { path } }', variables: { n: [1] } },
    ],
  ])('to %s', (_what, request) => {
    expect(read(narrow(request))).toEqual(read(complete.execute(request)));
  });
});

function read({ status, body }: GraphqlAnswer): unknown {
  return { status, body: JSON.parse([...body].join('')) as unknown };
}
