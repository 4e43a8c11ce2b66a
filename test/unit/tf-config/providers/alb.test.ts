import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { FailedError } from '../../../../src/errors.js';
import type { JsonObject } from '../../../../src/json.js';
import { networkOf } from '../../../../src/tf-config/providers/alb/network.js';
import { renderOne, type Rendered, type World } from '../../../support/render-one.js';

const MULTI_REGION = { account: { supportedDeploymentRegions: ['us-east-1'] } };

function balancer(fields: JsonObject = {}, world: World = MULTI_REGION): Rendered {
  const spec = {
    ...{ provider: 'alb', identifier: 'shop-alb', certificate_arn: 'arn:cert', ingress_cidr_blocks: [] },
    vpc: { vpc_id: 'vpc-1', cidr_block: '10.0.0.0/16', subnets: [{ id: 's1' }] },
    targets: [{ name: 'blue', default: true, ips: ['10.0.0.1'] }],
    rules: [],
    ...fields,
  };
  return renderOne(spec, world);
}

function failure(fields: JsonObject): string {
  try {
    balancer(fields);
  } catch (error) {
    if (error instanceof FailedError) return error.message;
    throw error;
  }
  return 'rendered';
}

describe('the load balancer', () => {
  test('settings that are not set are left out, but for the address type', () => {
    const { resources } = balancer({ idle_timeout: 0, enable_http2: true, access_logs: false });
    const { 'shop-alb': lb } = resources['aws_lb'] as { 'shop-alb': JsonObject };
    expect(lb).toMatchObject({ ip_address_type: null, depends_on: ['aws_security_group.shop-alb'] });
    expect(lb).not.toHaveProperty('idle_timeout');
    expect(lb).not.toHaveProperty('enable_http2');
    expect(lb).not.toHaveProperty('access_logs');
  });

  test.each([
    [MULTI_REGION, []],
    [{}, ['us-east-1']],
    [{ account: { supportedDeploymentRegions: ['us-west-2'] } }, ['us-east-1']],
  ])('in an account as %j, missing providers are warned of: %j', (world, missing) => {
    expect(balancer({}, world).warnings).toEqual(
      missing.map(
        (region) =>
          `it names the provider aws.${region}, which the config does not have: ` +
          `${region} is not among the account's supportedDeploymentRegions`,
      ),
    );
  });
});

describe('targets', () => {
  test('an OpenShift service is attached by the addresses of its load balancer', () => {
    const targets = [{ name: 'blue', default: true, openshift_service: 'web', ips: ['10.0.0.1'] }];
    const answer = (): { known: true; value: string[] } => ({ known: true, value: ['10.9.0.1'] });
    const { resources, needs } = balancer({ targets }, { ...MULTI_REGION, answer });
    expect(needs).toEqual([
      { kind: 'service-addresses', cluster: 'c1', region: 'us-east-1', service: 'shop/web' },
    ]);
    expect(resources['aws_lb_target_group_attachment']).toEqual({
      'shop-alb-blue-10_9_0_1': {
        ...{ provider: 'aws.us-east-1', target_id: '10.9.0.1', port: 443, availability_zone: 'all' },
        target_group_arn: '${aws_lb_target_group.shop-alb-blue.arn}',
        depends_on: ['aws_lb_target_group.shop-alb-blue'],
      },
    });
  });

  test('addresses that nobody could tell are one placeholder', () => {
    const { resources, unknowns } = balancer({
      targets: [{ name: 'blue', default: true, openshift_service: 'web' }],
    });
    expect(resources).toMatchObject({
      aws_lb_target_group_attachment: {
        'shop-alb-blue-unknown': { target_id: '${var.shop_alb_alb__blue_address}' },
      },
    });
    expect(unknowns).toHaveLength(1);
  });

  test.each<[JsonObject[], string]>([
    [[{ name: 'blue', default: true, ips: [] }], 'target blue has neither ips nor openshift_service'],
    [[{ name: 'blue', default: true, ips: ['10.0.0.01'] }], '10.0.0.01 is no IP address'],
    [[], 'exactly one of the targets must have default: true, found none'],
  ])('%j cannot be rendered: %s', (targets, expected) => {
    expect(failure({ targets })).toContain(expected);
  });
});

test('a condition of another type is named', () => {
  const action = { type: 'redirect', redirect: {} };
  const rules = [{ condition: [{ type: 'query-string', query_string: [] }], action }];
  expect(failure({ rules })).toContain('rules.0.condition.0.type');
});

describe('networks', () => {
  test.each([
    ['10.0.0.5', '10.0.0.5', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['10.0.0.0/8', '::1', false],
    ['fd00::/8', 'fd12::1', true],
  ])('of %s, %s is a part: %s', (cidr, address, expected) => {
    expect(networkOf(cidr)(address)).toBe(expected);
  });

  test.each(['10.0.0.1/16', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', 'ten'])('%s is none', (cidr) => {
    expect(() => networkOf(cidr)).toThrow(`vpc.cidr_block ${cidr} is no network`);
  });

  test('an address is in a network exactly when their leading bits agree', () => {
    const bits = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    fc.assert(
      fc.property(bits, bits, fc.integer({ min: 0, max: 32 }), (one, other, length) => {
        const size = 2 ** (32 - length);
        const isIn = networkOf(`${dotted(one - (one % size))}/${length}`);
        expect(isIn(dotted(other))).toBe(Math.floor(one / size) === Math.floor(other / size));
      }),
    );
  });
});

function dotted(bits: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(bits / 2 ** shift) % 256).join('.');
}
