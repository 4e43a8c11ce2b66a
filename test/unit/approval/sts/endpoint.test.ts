import { describe, expect, test } from '@jest/globals';

import { ownStsOrigin, stsEndpoint } from '../../../../src/approval/sts/endpoint.js';
import { awsStandIn } from '../../../../src/approval/sts/stand-in.js';

const LOCAL = 'http://127.0.0.1:5000';
const place = { region: 'eu-west-1', partition: 'aws' };

describe('the endpoint of STS', () => {
  test.each([
    ['aws', 'eu-west-1', 'https://sts.eu-west-1.amazonaws.com'],
    ['aws-us-gov', 'us-gov-west-1', 'https://sts.us-gov-west-1.amazonaws.com'],
    ['aws-cn', 'cn-north-1', 'https://sts.cn-north-1.amazonaws.com.cn'],
  ])('of %s in %s is %s', (partition, region, origin) => {
    expect(stsEndpoint({ partition, region }, {})).toEqual({
      origin,
      host: new URL(origin).host,
      isLoopback: false,
    });
  });

  test.each([
    ['aws', 'us-gov-west-1'],
    ['aws', 'cn-north-1'],
    ['aws-cn', 'eu-west-1'],
    ['aws', 'eu-west-9'],
    ['aws', 'evil.example'],
    ['aws', 'constructor'],
    ['aws-iso', 'us-iso-east-1'],
    ['__proto__', 'eu-west-1'],
  ])('is in partition %s not known for region %s', (partition, region) => {
    expect(() => stsEndpoint({ partition, region }, {})).toThrow(
      expect.objectContaining({ code: 'StsRegionUnknown' }),
    );
  });

  test.each(['http://127.0.0.1:5000', 'http://localhost:5000/', 'http://[::1]:5000', 'https://127.0.0.1'])(
    'may be a server of this machine, %s, and then says so',
    (address) => {
      const { host } = new URL(address);
      expect(stsEndpoint(place, { AWS_ENDPOINT_URL: address })).toMatchObject({ host, isLoopback: true });
    },
  );

  test('is that of the more specific variable', () => {
    const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:2' };
    expect(stsEndpoint(place, env).host).toBe('127.0.0.1:2');
  });

  test.each([
    'https://sts.evil.example',
    'https://sts.eu-west-1.amazonaws.com',
    'http://127.0.0.1.evil.example',
    'http://127.0.0.1@evil.example',
    'http://evil.example#127.0.0.1',
    'http://evil.example?127.0.0.1',
    'http://user@127.0.0.1:5000',
    'http://127.0.0.1:5000/path',
    'http://127.0.0.1:5000/?Action=AssumeRole',
    'http://0.0.0.0:5000',
    'http://127.0.0.2:5000',
    'http://169.254.169.254',
    'ftp://127.0.0.1',
    'file:///etc/passwd',
    'localhost:5000',
    'not an address',
  ])('is refused when a variable says %s', (address) => {
    expect(() => stsEndpoint(place, { AWS_ENDPOINT_URL_STS: address })).toThrow(
      expect.objectContaining({ code: 'StsEndpointForeign' }),
    );
  });

  test.each([
    ['nothing else', {}],
    ['an S3 elsewhere', { AWS_ENDPOINT_URL: LOCAL, AWS_ENDPOINT_URL_S3: 'https://s3.example.com' }],
    ['the S3 of AWS', { AWS_ENDPOINT_URL: LOCAL, AWS_ENDPOINT_URL_S3: 'https://s3.eu-west-1.amazonaws.com' }],
    [
      'a DynamoDB elsewhere',
      { AWS_ENDPOINT_URL: LOCAL, AWS_ENDPOINT_URL_DYNAMODB: 'https://db.example.com' },
    ],
    ['another AWS', { AWS_ENDPOINT_URL: 'https://aws.example.com' }],
    ['an empty AWS', { AWS_ENDPOINT_URL: '' }],
    ['an S3 of this machine, and no more', { AWS_ENDPOINT_URL_S3: LOCAL }],
  ])('is no server of this machine beside %s', (_, others) => {
    const env = { AWS_ENDPOINT_URL_STS: LOCAL, ...others };
    const refused = expect.objectContaining({ code: 'StsEndpointAlone', exitCode: 4 });
    expect(() => stsEndpoint(place, env)).toThrow(refused);
    expect(() => ownStsOrigin('eu-west-1', env)).toThrow(refused);
  });

  test('may be a server of this machine for all of AWS, each service with an address of its own', () => {
    const env = { AWS_ENDPOINT_URL: LOCAL, AWS_ENDPOINT_URL_S3: 'http://localhost:9000' };
    expect(stsEndpoint(place, env).isLoopback).toBe(true);
    expect(awsStandIn(env)).toMatchObject({ s3: 'http://localhost:9000', dynamodb: LOCAL });
  });

  test('stays that of AWS where S3 alone is elsewhere', () => {
    const env = { AWS_ENDPOINT_URL_S3: LOCAL };
    expect({ standIn: awsStandIn(env), ...stsEndpoint(place, env) }).toMatchObject({
      ...{ standIn: undefined, isLoopback: false },
      host: 'sts.eu-west-1.amazonaws.com',
    });
  });

  test.each([
    ['eu-west-1', 'https://sts.eu-west-1.amazonaws.com'],
    ['eu-west-9', 'https://sts.us-east-1.amazonaws.com'],
    ['us-gov-east-1', 'https://sts.us-gov-east-1.amazonaws.com'],
    ['us-gov-north-1', 'https://sts.us-gov-west-1.amazonaws.com'],
    ['cn-south-1', 'https://sts.cn-north-1.amazonaws.com.cn'],
  ])('that says who we are ourselves is for %s %s', (region, origin) => {
    expect(ownStsOrigin(region, {})).toBe(origin);
  });
});
