import { readFile } from 'node:fs/promises';

import { beforeAll, describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { parse } from 'yaml';

import Diagnose from '../../commands/diagnose.js';
import ReportMerge from '../../commands/report/merge.js';
import { chooseShard } from '../../src/fleet/shard.js';

const GitLab = v.object({
  diagnose: v.object({
    parallel: v.number(),
    script: v.array(v.string()),
    artifacts: v.object({ paths: v.array(v.string()) }),
  }),
  report: v.object({ script: v.array(v.string()), artifacts: v.object({ paths: v.array(v.string()) }) }),
});

const Job = v.object({
  apiVersion: v.literal('batch/v1'),
  kind: v.literal('Job'),
  spec: v.object({
    completionMode: v.literal('Indexed'),
    completions: v.number(),
    template: v.object({
      spec: v.object({
        restartPolicy: v.picklist(['Never', 'OnFailure']),
        containers: v.array(
          v.object({
            args: v.array(v.string()),
            env: v.array(v.object({ name: v.string(), value: v.string() })),
            volumeMounts: v.array(v.object({ name: v.string(), mountPath: v.string() })),
          }),
        ),
        volumes: v.array(v.object({ name: v.string() })),
      }),
    }),
  }),
});

/** The flags of a command line, without dashes. */
function flagsIn(line: string): string[] {
  return [...line.matchAll(/ --([\w-]+)/g)].map(([, flag = '']) => flag);
}

describe('docs/fleet.md', () => {
  let blocks: unknown[] = [];
  beforeAll(async () => {
    const text = await readFile(new URL('../../docs/fleet.md', import.meta.url), 'utf8');
    blocks = [...text.matchAll(/```yaml\n(.*?)```/gs)].map(([, block = '']): unknown => parse(block));
  });

  test("GitLab's jobs diagnose every shard once", () => {
    const { diagnose } = v.parse(GitLab, blocks[0]);
    const indices = Array.from({ length: diagnose.parallel }, (_, i) => i + 1);
    const shards = indices.map((index) => {
      const env = { CI_NODE_INDEX: String(index), CI_NODE_TOTAL: String(diagnose.parallel) };
      return chooseShard({ flag: undefined, all: true, env });
    });
    expect(shards.map((shard) => shard?.index)).toEqual(indices);
    expect(diagnose.script).toEqual([expect.stringMatching(/^tfrepair diagnose --all --json /)]);
  });

  test('the report is made of what the jobs leave behind', () => {
    const { diagnose, report } = v.parse(GitLab, blocks[0]);
    const [script = ''] = report.script;
    expect(diagnose.script[0]).toContain('> "shard-$CI_NODE_INDEX.json"');
    expect(script).toMatch(/^tfrepair report merge shard-\*\.json /);
    expect(diagnose.artifacts.paths).toEqual(['shard-*.json']);
    for (const path of report.artifacts.paths) expect(script).toContain(`--report ${path}`);
    expect(Object.keys(ReportMerge.flags)).toEqual(expect.arrayContaining(flagsIn(script)));
  });

  test("Kubernetes' pods diagnose every shard once", () => {
    const { spec } = v.parse(Job, blocks[1]);
    const [container] = spec.template.spec.containers;
    const given = Object.fromEntries(container?.env.map(({ name, value }) => [name, value]) ?? []);
    const indices = Array.from({ length: spec.completions }, (_, i) => i);
    const shards = indices.map((index) => {
      const env = { ...given, JOB_COMPLETION_INDEX: String(index) };
      return chooseShard({ flag: undefined, all: true, env });
    });
    expect(shards).toEqual(
      indices.map((i) => ({ index: i + 1, total: spec.completions, source: 'JOB_COMPLETION_INDEX' })),
    );
    expect(container?.args).toEqual([
      'tfrepair diagnose --all --json > "/shards/$JOB_COMPLETION_INDEX.json"',
    ]);
  });

  test("the pods' volumes are there", () => {
    const { containers, volumes } = v.parse(Job, blocks[1]).spec.template.spec;
    const mounted = containers.flatMap(({ volumeMounts }) => volumeMounts.map(({ name }) => name));
    expect(mounted.sort()).toEqual(volumes.map(({ name }) => name).sort());
  });

  test('the flags are those that diagnose has', () => {
    const known = [...Object.keys(Diagnose.flags), 'json'];
    const { diagnose } = v.parse(GitLab, blocks[0]);
    const [container] = v.parse(Job, blocks[1]).spec.template.spec.containers;
    for (const line of [...diagnose.script, ...(container?.args ?? [])]) {
      expect(known).toEqual(expect.arrayContaining(flagsIn(line)));
    }
    expect(known).toEqual(expect.arrayContaining(['account', 'all', 'jobs', 'shard', 'report']));
  });

  test('there are no other examples that nobody checks', () => {
    expect(blocks).toHaveLength(2);
  });
});
