import { describe, expect, test } from '@jest/globals';

import type { Namespace } from '../../../src/app-interface/namespaces.js';
import type { JsonObject } from '../../../src/json.js';
import { selectSpecs } from '../../../src/tf-config/select-specs.js';

const PROD = 'acme-prod';
const STAGE = 'acme-stage';
const none: readonly never[] = [];

function sqs(identifier: string, more: JsonObject = {}): JsonObject {
  return { provider: 'sqs', identifier, ...more };
}

/** A namespace with these resources, by account. */
function namespace(
  resources: Readonly<Record<string, readonly JsonObject[]>>,
  more: Partial<Namespace> = {},
): Namespace {
  return {
    name: 'orders',
    path: '/orders.yml',
    managedExternalResources: true,
    environment: { name: 'production' },
    app: { name: 'shop' },
    cluster: { name: 'harbor', spec: { region: 'us-east-1' } },
    externalResources: Object.entries(resources).map(([name, list]) => ({
      provider: 'aws',
      provisioner: { name },
      resources: [...list],
    })),
    ...more,
  };
}

function selected(namespaces: readonly Namespace[], ...accounts: string[]): string[] {
  const wanted = accounts.length === 0 ? undefined : new Set(accounts);
  return selectSpecs(namespaces, wanted, none).map(({ account, identifier }) => `${account} ${identifier}`);
}

describe('the specs that are rendered', () => {
  const both = namespace({ [PROD]: [sqs('b'), sqs('a')], [STAGE]: [sqs('c')] });

  test('are those of the wanted accounts, in their order', () => {
    expect(selected([both])).toEqual([`${PROD} b`, `${PROD} a`, `${STAGE} c`]);
    expect(selected([both], PROD)).toEqual([`${PROD} b`, `${PROD} a`]);
    expect(selected([both], 'other')).toEqual([]);
  });

  test('know their namespace', () => {
    const [spec] = selectSpecs([both], new Set([STAGE]), none);
    expect(spec?.namespace).toEqual({
      ...{ name: 'orders', path: '/orders.yml', environment: 'production', app: 'shop' },
      cluster: { name: 'harbor', region: 'us-east-1' },
    });
  });

  test.each([
    ['a deleted namespace', { delete: true }],
    ['a namespace that does not manage external resources', { managedExternalResources: false }],
    ['a namespace that does not say so', { managedExternalResources: null }],
    ['a namespace without external resources', { externalResources: null }],
  ] satisfies [string, Partial<Namespace>][])('are none of %s', (_what, more) => {
    expect(selected([namespace({ [PROD]: [sqs('a')] }, more)])).toEqual([]);
  });

  test('are none of other clouds, nor those that another system manages', () => {
    const elsewhere = { provider: 'cloudflare', provisioner: { name: PROD }, resources: [sqs('a')] };
    expect(selected([namespace({}, { externalResources: [elsewhere] })])).toEqual([]);
    const mixed = [sqs('a', { managed_by_erv2: true }), sqs('b', { managed_by_erv2: false }), sqs('c')];
    expect(selected([namespace({ [PROD]: mixed })])).toEqual([`${PROD} b`, `${PROD} c`]);
  });
});

describe('an excluded provider', () => {
  const data = [namespace({ [PROD]: [sqs('a')], [STAGE]: [sqs('b', { managed_by_erv2: true })] })];

  test.each([
    ['everywhere', true, none],
    ['in the account', false, [PROD]],
  ])('%s is an error that names the spec', (_where, everywhere, accounts) => {
    const exclusion = { provider: 'sqs', everywhere, accounts };
    expect(() => selectSpecs(data, undefined, [exclusion])).toThrow(
      expect.objectContaining({
        code: 'ProviderExcluded',
        message: expect.stringMatching(
          /^\[acme-prod\] .*terraform-resources does not manage sqs in this account$/,
        ),
      }),
    );
  });

  test.each([
    ['of another provider', { provider: 'rds', everywhere: true, accounts: none }],
    ['of other accounts', { provider: 'sqs', everywhere: false, accounts: ['other'] }],
    ['of what another system manages', { provider: 'sqs', everywhere: false, accounts: [STAGE] }],
  ])('%s does not matter', (_what, exclusion) => {
    expect(selectSpecs(data, undefined, [exclusion])).toHaveLength(1);
  });
});

describe('wrong data', () => {
  test('is an output name that a namespace has twice, also across accounts', () => {
    const name = { output_resource_name: 'credentials' };
    const data = namespace({ [PROD]: [sqs('a', name)], [STAGE]: [sqs('b', name), sqs('c')] });
    expect(() => selectSpecs([data], new Set([STAGE]), none)).toThrow(
      'namespace orders: output_resource_name credentials is used by sqs "a" and sqs "b"',
    );
  });

  test('is not an output name that two namespaces have', () => {
    const data = ['orders', 'catalog'].map((name) => namespace({ [PROD]: [sqs('a')] }, { name }));
    expect(selectSpecs(data, undefined, none)).toHaveLength(2);
  });

  test.each([[{ provider: 'sqs' }], [{ identifier: 'a' }], [{ provider: 7, identifier: 'a' }]])(
    'is %j, which has no provider or no identifier',
    (fields) => {
      expect(() => selectSpecs([namespace({ [PROD]: [fields] })], undefined, none)).toThrow(
        `namespace orders: an external resource of account ${PROD} has no provider or no identifier`,
      );
    },
  );
});
