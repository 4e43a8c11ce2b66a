import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { RootDiagnosis } from '../../../../src/diagnosis/diagnosis.js';
import { pictureOf, resourceOf, type PictureEdge } from '../../../../src/report/picture/dependents.js';
import { layersOf } from '../../../../src/report/picture/layers.js';
import { NODE_HEIGHT, placePicture } from '../../../../src/report/picture/place.js';
import { ailing, deletedGroup, row } from '../../support/diagnoses.js';

/** Resources `a.0` to `a.{n-1}`; `suspects` are named by a finding. */
function rootOf(number: number, edges: readonly PictureEdge[], suspects: readonly number[]): RootDiagnosis {
  const resources = Array.from({ length: number }, (_, i) =>
    row(`a.${i}`, { dependencies: edges.filter(({ to }) => to === i).map(({ from }) => `a.${from}`) }),
  );
  const findings = suspects.map((i) => ({ ...deletedGroup, addresses: [`a.${i}`] }));
  return { ...ailing, resources, findings };
}

/** Some edges between `number` nodes, circles too. */
const edgesOf = (number: number): fc.Arbitrary<PictureEdge[]> =>
  fc.array(fc.record({ from: fc.nat({ max: number - 1 }), to: fc.nat({ max: number - 1 }) }), {
    maxLength: 30,
  });

describe('what is in the picture', () => {
  test('the suspects with the worst of their severities, and all that depends on them', () => {
    const { nodes, edges } = pictureOf(ailing);
    expect(nodes.map(({ address, severity }) => [address, severity])).toEqual([
      ['aws_db_parameter_group.booking-db-pg15', 'danger'],
      ['aws_db_instance.booking-db', 'danger'],
      ['module.access.aws_iam_role_policy.reader', 'warning'],
      ['aws_cloudwatch_metric_alarm.booking-db-cpu', undefined],
    ]);
    expect(edges).toEqual([
      { from: 0, to: 1 },
      { from: 1, to: 3 },
    ]);
  });

  test('the instances of a resource as one node that counts them', () => {
    const resources = [row('a.b[0]'), row('a.b[1]'), row('a.c["x.y"]', { dependencies: ['a.b'] })];
    const findings = [{ ...deletedGroup, addresses: ['a.b[1]'] }];
    const { nodes } = pictureOf({ ...ailing, resources, findings });
    expect(nodes.map(({ address, instances }) => [address, instances])).toEqual([
      ['a.b', 2],
      ['a.c', 1],
    ]);
  });

  test.each([
    ['aws_s.q', 'aws_s.q'],
    ['aws_s.q[12]', 'aws_s.q'],
    ['module.m["a]b"].aws_s.q["x[\\"0\\"]"]', 'module.m["a]b"].aws_s.q'],
    ['module.m[0].aws_s.q', 'module.m[0].aws_s.q'],
    ['odd]', 'odd]'],
  ])('the resource of %s is %s', (address, resource) => {
    expect(resourceOf(address)).toBe(resource);
  });

  test('no more than a reader can take in, and how many are left out', () => {
    const edges = Array.from({ length: 100 }, (_, i) => ({ from: 0, to: i + 1 }));
    const picture = pictureOf(rootOf(101, edges, [0]));
    expect(picture.nodes).toHaveLength(60);
    expect(picture.hidden).toBe(41);
  });

  test('exactly what can be reached from the suspects, circles or not', () => {
    fc.assert(
      fc.property(edgesOf(12), fc.uniqueArray(fc.nat({ max: 11 }), { minLength: 1 }), (edges, suspects) => {
        const reached = new Set(suspects);
        for (const node of reached) for (const { from, to } of edges) if (from === node) reached.add(to);
        const { nodes } = pictureOf(rootOf(12, edges, suspects));
        expect(nodes.map(({ address }) => address).sort()).toEqual([...reached].map((i) => `a.${i}`).sort());
      }),
    );
  });
});

describe('how the picture is laid out', () => {
  test('every node is once in some layer, and every edge leads from layer to layer, one at a time', () => {
    fc.assert(
      fc.property(edgesOf(12), (edges) => {
        const { layers, routes } = layersOf(12, edges);
        const depth = new Map(layers.flatMap((layer, i) => layer.map((node): [number, number] => [node, i])));
        expect(layers.flat().filter((node) => node < 12)).toHaveLength(12);
        expect(depth.size).toBe(layers.flat().length);
        for (const route of routes) {
          const depths = route.map((node) => depth.get(node) ?? NaN);
          expect(depths).toEqual(depths.map((_, i) => (depths[0] ?? NaN) + i));
        }
      }),
    );
  });

  test('without circles, every edge is there, from left to right', () => {
    const forward = edgesOf(12).map((edges) => edges.filter(({ from, to }) => from < to));
    fc.assert(
      fc.property(forward, (edges) => {
        const ends = layersOf(12, edges).routes.map((route) => ({ from: route[0], to: route.at(-1) }));
        expect(ends).toEqual(edges);
      }),
    );
  });

  test('untangles two edges that would cross', () => {
    const edges = [
      { from: 0, to: 3 },
      { from: 1, to: 2 },
    ];
    const { layers } = layersOf(4, edges);
    const [left = [], right = []] = layers;
    expect(right.map((node) => edges.findIndex(({ to }) => to === node))).toEqual(
      left.map((node) => edges.findIndex(({ from }) => from === node)),
    );
  });

  test('no two nodes overlap, and all are inside', () => {
    fc.assert(
      fc.property(edgesOf(12), (edges) => {
        const { width, height, nodes } = placePicture(pictureOf(rootOf(12, edges, [0, 1, 2])));
        for (const [i, a] of nodes.entries()) {
          expect(a.x >= 0 && a.y >= 0 && a.x + a.width <= width && a.y + NODE_HEIGHT <= height).toBe(true);
          for (const b of nodes.slice(i + 1)) {
            const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || Math.abs(a.y - b.y) >= NODE_HEIGHT;
            expect(apart).toBe(true);
          }
        }
      }),
    );
  });

  test('writes the type above the name, and cuts what is too long', () => {
    const resources = [row(`module.${'long'.repeat(20)}.aws_sqs_queue.${'name'.repeat(20)}`)];
    const findings = resources.map(({ address }) => ({ ...deletedGroup, addresses: [address] }));
    const [node] = placePicture(pictureOf({ ...ailing, resources, findings })).nodes;
    expect(node?.label.type).toMatch(/^….*long\.aws_sqs_queue$/);
    expect(node?.label.name).toMatch(/^name.*…$/);
    expect(node?.width).toBeLessThan(330);
  });
});
