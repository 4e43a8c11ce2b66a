import { describe, expect, test } from '@jest/globals';

import { configFileReader } from '../../../src/credentials/secret-reader.js';
import { parseConfig } from '../../../src/config/load.js';
import { findImage } from '../../../src/outside/images.js';
import { Secret } from '../../../src/secret.js';
import type { Answer, ImageFilter } from '../../../src/tf-config/model/need.js';
import { images, useFakeAws } from '../../support/aws-server.js';
import { ACCOUNT } from '../../support/render-one.js';

const STATIC: ImageFilter = { provider: 'static', tagName: 'arch', value: 'x86_64' };
const GIT = {
  provider: 'git',
  tagName: 'commit',
  url: 'https://github.com/example/worker',
  ref: 'main',
} as const;
const TOKEN = { path: 'creds/ci', field: 'config' };
const BUILT: ImageFilter = { ...GIT, upstream: { instance: 'ci', token: TOKEN, job: 'build' } };
const JENKINS = '[jenkins]\nurl = "http://127.0.0.1:9"\nuser = "bot"\npassword = "example"\n';
const CREDENTIALS = {
  accessKeyId: 'AKIAEXAMPLE',
  secretAccessKey: new Secret('example'),
  sessionToken: undefined,
  source: 'the test',
};

describe('the machine image of an asg', () => {
  const aws = useFakeAws();
  const find = (filters: readonly ImageFilter[], building = false): Promise<Answer> => {
    const { secrets } = parseConfig(`[creds.ci]\nconfig = '''${JENKINS}'''\n`, 'config.toml');
    return findImage({ kind: 'image', region: 'us-east-1', filters }, ACCOUNT, {
      credentials: () => Promise.resolve(CREDENTIALS),
      secrets: configFileReader(secrets, 'config.toml'),
      commit: (url, ref) => Promise.resolve(`newest of ${url} ${ref}`),
      fetch: () => Promise.resolve(Response.json({ building })),
      signal: new AbortController().signal,
    });
  };

  test('is the one that carries all tags, commits being looked up', async () => {
    aws.answers['DescribeImages'] = images('ami-1');
    expect(await find([STATIC, GIT])).toEqual({ known: true, value: 'ami-1' });
    const asked = new URLSearchParams(aws.asked[0]);
    expect([asked.get('Filter.1.Name'), asked.get('Filter.1.Value.1')]).toEqual(['tag:arch', 'x86_64']);
    expect([asked.get('Filter.2.Name'), asked.get('Filter.2.Value.1')]).toEqual([
      'tag:commit',
      'newest of https://github.com/example/worker main',
    ]);
  });

  test('is none yet while its job is running', async () => {
    aws.answers['DescribeImages'] = images();
    expect(await find([STATIC, BUILT], true)).toEqual({ known: true, value: null });
  });

  test.each([
    ['nobody builds it', [STATIC]],
    ['the job is not running', [BUILT]],
    ['its job is not named', [GIT]],
  ] satisfies [string, ImageFilter[]][])('is an error of the data when %s', async (_what, filters) => {
    aws.answers['DescribeImages'] = images();
    expect(await find(filters)).toMatchObject({
      known: false,
      error: { code: 'ImageNotFound', message: expect.stringContaining('account acme sees no image tagged') },
    });
  });

  test('is an error of the data when there are several', async () => {
    aws.answers['DescribeImages'] = images('ami-1', 'ami-2');
    expect(await find([STATIC])).toMatchObject({
      known: false,
      error: {
        code: 'ImageAmbiguous',
        message: 'account acme sees several images tagged arch=x86_64: ami-1, ami-2',
      },
    });
  });

  test('cannot be told when AWS refuses', async () => {
    await expect(find([STATIC])).rejects.toThrow('no DescribeImages');
  });
});
