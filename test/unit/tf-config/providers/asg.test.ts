import { describe, expect, test } from '@jest/globals';

import { FailedError } from '../../../../src/errors.js';
import type { JsonObject } from '../../../../src/json.js';
import type { Answer } from '../../../../src/tf-config/model/need.js';
import { renderOne, type Rendered, type World } from '../../../support/render-one.js';

const IMAGE = { provider: 'static', tag_name: 'release', value: 'stable' };

function group(fields: JsonObject = {}, defaults: JsonObject = {}, world: World = {}): Rendered {
  const files = { '/asg.yml': JSON.stringify(defaults), ...world.files };
  const spec = { provider: 'asg', identifier: 'workers', defaults: '/asg.yml', image: [IMAGE], ...fields };
  const answer = (): Answer => ({ known: true, value: 'ami-1' });
  return renderOne(spec, { answer, ...world, files });
}

/** The group whose only cloud-init file is `template`. */
function booted(template: string, world: World = {}, variables = '{"pool":"blue"}'): Rendered {
  const configs = [{ content: '/boot.sh' }];
  return group({ cloudinit_configs: configs, variables }, {}, { ...world, files: { '/boot.sh': template } });
}

function contentOf({ data }: Rendered): string | undefined {
  const config = data['cloudinit_config'] as { workers: { part: { content: string }[] } };
  return config.workers.part[0]?.content;
}

describe('the image', () => {
  test('is asked for by all its tags, in the region of the launch template', () => {
    const token = { path: 'ci/token', field: 'all', version: null, format: null };
    const git = {
      ...{ provider: 'git', tag_name: 'commit', url: 'https://github.com/example/image', ref: 'main' },
      upstream: { instance: { name: 'ci', token }, name: 'build-image' },
    };
    expect(group({ image: [git, IMAGE], region: 'us-west-2' }).needs).toEqual([
      {
        kind: 'image',
        region: 'us-west-2',
        filters: [
          {
            ...{ provider: 'git', tagName: 'commit', url: 'https://github.com/example/image', ref: 'main' },
            upstream: { instance: 'ci', token, job: 'build-image' },
          },
          { provider: 'static', tagName: 'release', value: 'stable' },
        ],
      },
    ]);
  });

  test.each<[string, Answer | undefined, World['outputs'], string | null, number, number]>([
    ['found', { known: true, value: 'ami-1' }, { 'workers-asg__image_id': 'ami-0' }, 'ami-1', 0, 0],
    ['being built', { known: true, value: null }, { 'workers-asg__image_id': 'ami-0' }, 'ami-0', 0, 1],
    ['being built for the first time', { known: true, value: null }, {}, null, 0, 1],
    ['out of reach', { known: false, why: 'offline' }, { 'workers-asg__image_id': 'ami-0' }, 'ami-0', 1, 0],
    ['out of reach, and in no state', undefined, undefined, '${var.workers_asg__image_id}', 1, 0],
  ])('%s', (_, answer, outputs, imageId, unknowns, warnings) => {
    const world: World = {
      ...(outputs === undefined ? {} : { outputs }),
      answer: () => answer ?? { known: false, why: 'offline' },
    };
    const rendered = group({}, {}, world);
    expect(rendered.resources).toMatchObject({ aws_launch_template: { workers: { image_id: imageId } } });
    expect(rendered.outputs['workers-asg__image_id']).toEqual({ value: imageId });
    expect(rendered.unknowns).toHaveLength(unknowns);
    expect(rendered.warnings).toHaveLength(warnings);
  });
});

describe('the group', () => {
  test('what the values leave out is null, and there are no overrides', () => {
    const { resources } = group({}, { instance_types: [], instance_requirements: {}, iam_role_name: '' });
    expect(resources).toMatchObject({
      aws_autoscaling_group: {
        workers: { max_size: null, enabled_metrics: null, instance_refresh: { preferences: null } },
      },
    });
    expect(JSON.stringify(resources)).not.toContain('override');
    expect(Object.keys(resources)).toEqual(['aws_launch_template', 'aws_autoscaling_group']);
  });

  test.each([
    ['3.76.0', 'tags'],
    ['5.60.0', 'tag'],
  ])('with version %s of the provider its argument for tags is %s', (providerVersion, argument) => {
    const { resources } = group(
      { extra_tags: '{"app":"other","n":1}' },
      {},
      { account: { providerVersion } },
    );
    const { workers } = resources['aws_autoscaling_group'] as { workers: JsonObject };
    expect((workers[argument] as JsonObject[]).slice(-3)).toEqual([
      { key: 'app', value: 'other', propagate_at_launch: true },
      { key: 'Name', value: 'workers', propagate_at_launch: true },
      { key: 'n', value: 1, propagate_at_launch: true },
    ]);
  });

  test('a launch template in another region than the group is warned of', () => {
    const account = { supportedDeploymentRegions: ['us-east-1', 'us-west-2'] };
    const { warnings } = group({ region: 'us-west-2' }, {}, { account });
    expect(warnings).toEqual([
      'its launch template is in us-west-2, but the group names no provider, which is us-east-1',
    ]);
  });
});

describe('templates for cloud-init', () => {
  test('know the account, which variables cannot replace, and leave what is for Terraform or cloud-init', () => {
    const template = '{{{ pool }}} {{{ aws_region }}} {{{ aws_account_id }}} ${HOME} $${x} %{y} {{ z }}\n';
    const rendered = booted(template, {}, '{"pool":"blue","aws_region":"mine"}');
    expect(contentOf(rendered)).toBe('blue us-east-1 111122223333 $${HOME} $$${x} %%{y} {{ z }}');
    expect(rendered.resources).toMatchObject({
      aws_launch_template: { workers: { user_data: '${data.cloudinit_config.workers.rendered}' } },
    });
  });

  test('an undefined name fails with the file, the line and the name', () => {
    expect(() => booted('a\n{{{ nope }}}')).toThrow(
      '[acme] namespace shop, asg "workers": /boot.sh: line 2: nope is undefined',
    );
  });

  test('variables that are no JSON object are named', () => {
    expect(() => booted('x', {}, '[1]')).toThrow('variables must be an object, not [1]');
  });

  test('one that looks something up elsewhere is a placeholder that says so', () => {
    const rendered = booted("{{{ github('example/image', 'boot.sh', 'main') }}}");
    expect(contentOf(rendered)).toBe('${var.workers_asg__cloudinit_1}');
    expect(rendered.unknowns).toEqual([
      {
        what: 'cloudinit_1',
        why: '/boot.sh: the template uses the function github, which tfrepair cannot evaluate',
        instead: 'placeholder variable',
      },
    ]);
  });
});

describe('secrets in templates for cloud-init', () => {
  const TEMPLATE = "TOKEN={{{ vault('apps/{{ pool }}/ci', 'token', 2) }}} ${HOME}";
  const NEED = { kind: 'secret-field', secret: { path: 'apps/blue/ci', field: 'token', version: 2 } };

  function world(secret: Answer, plainSecrets: boolean): World {
    return {
      plainSecrets,
      answer: (need) => (need.kind === 'image' ? { known: true, value: 'ami-1' } : secret),
    };
  }

  test('are asked for, their paths being templates too', () => {
    expect(booted(TEMPLATE).needs).toContainEqual(NEED);
  });

  test('make the whole file a sensitive variable, whose value Terraform takes as it is', () => {
    const rendered = booted(TEMPLATE, world({ known: true, value: 's3cret' }, false));
    expect(contentOf(rendered)).toBe('${var.workers_asg__cloudinit_1}');
    expect(rendered.variables).toEqual([
      { name: 'workers_asg__cloudinit_1', sensitive: true, value: 'TOKEN=s3cret ${HOME}' },
    ]);
  });

  test('are written as they are when that is asked for', () => {
    const rendered = booted(TEMPLATE, world({ known: true, value: 's3cret' }, true));
    expect(contentOf(rendered)).toBe('TOKEN=s3cret $${HOME}');
  });

  test('out of reach, make the file a sensitive placeholder', () => {
    const rendered = booted(TEMPLATE, world({ known: false, why: 'offline' }, false));
    expect(rendered.variables).toEqual([
      { name: 'workers_asg__cloudinit_1', sensitive: true, value: undefined },
    ]);
    expect(rendered.unknowns[0]?.why).toBe('/boot.sh: the secret apps/blue/ci is not known (offline)');
  });

  const missing: Answer = { known: false, error: new FailedError('SecretMissing', 'no secret apps/ci') };

  test('that do not exist are an error', () => {
    expect(() => booted(TEMPLATE, world(missing, true))).toThrow('no secret apps/ci');
  });

  test('that do not exist are none where the template allows it', () => {
    const rendered = booted("{{{ vault('a', 'b', allow_not_found=true) or 'none' }}}", world(missing, false));
    expect(rendered.variables[0]?.value).toBe('none');
  });
});
