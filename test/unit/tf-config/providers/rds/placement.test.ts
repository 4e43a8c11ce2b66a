import { expect, test } from '@jest/globals';

import type { JsonObject } from '../../../../../src/json.js';
import { takePlacement } from '../../../../../src/tf-config/providers/rds/placement.js';

const ACCOUNT = {
  ...{ name: 'acme', uid: '111122223333', partition: 'aws', terraformUsername: null },
  ...{ resourcesDefaultRegion: 'us-east-1', providerVersion: '5.100.0' },
};
const SINGLE = { ...ACCOUNT, supportedDeploymentRegions: null };
const MULTI = { ...ACCOUNT, supportedDeploymentRegions: [] };

test.each<[JsonObject, string | undefined, string]>([
  [{}, undefined, 'us-east-1'],
  [{ region: 'us-west-2' }, 'aws.us-west-2', 'us-east-1'],
  [{ region: '', availability_zone: '' }, undefined, 'us-east-1'],
  [{ availability_zone: 'us-west-2a' }, 'aws.us-west-2', 'us-west-2'],
  [{ availability_zone: 'us-west-2a', region: 'us-west-2' }, 'aws.us-west-2', 'us-west-2'],
  [{ availability_zone: 'us-west-2a', multi_az: true }, 'aws.us-west-2', 'us-west-2'],
])('%j in a multi-region account: provider %s, replicates from %s', (values, provider, region) => {
  const placement = takePlacement({ ...values }, MULTI);
  expect(placement).toEqual({ provider: provider === undefined ? {} : { provider }, region });
});

test.each<[JsonObject, string]>([
  [{ region: 'us-west-2' }, 'us-east-1'],
  [{ availability_zone: 'us-west-2a', region: 'us-east-1' }, 'us-west-2'],
  [{ availability_zone: 'a' }, 'us-east-1'],
])('%j in a single-region account: no provider, replicates from %s', (values, region) => {
  expect(takePlacement({ ...values }, SINGLE)).toEqual({ provider: {}, region });
});

test('the region is never an argument, the zone not when the instance stands in several', () => {
  const values: JsonObject = { region: 'us-west-2', availability_zone: 'us-west-2a', multi_az: false };
  takePlacement(values, MULTI);
  expect(values).toEqual({ availability_zone: 'us-west-2a', multi_az: false });
  const several: JsonObject = { availability_zone: 'us-west-2a', multi_az: true };
  takePlacement(several, SINGLE);
  expect(several).toEqual({ multi_az: true });
});

test.each<[JsonObject, string]>([
  [{ availability_zone: 'us-west-2a', region: 'us-east-1' }, 'region us-east-1 does not match'],
  [{ availability_zone: 'a' }, 'availability_zone "a" is not a zone'],
])('%j is refused: %s', (values, message) => {
  expect(() => takePlacement({ ...values }, MULTI)).toThrow(message);
});
