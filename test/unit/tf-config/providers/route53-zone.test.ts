import { expect, test } from '@jest/globals';

import { renderOne } from '../../../support/render-one.js';

function recordsOf(zone: string, records: { name: string; type: string; records?: string[] }[]): string[] {
  const { resources } = renderOne({ provider: 'route53-zone', identifier: 'zone-1', name: zone, records });
  return Object.keys(resources['aws_route53_record'] ?? {});
}

test.each([
  [['*.a'], ['_star_a_example_com_A']],
  [
    ['1st', 'b'],
    ['_1st_example_com_A', 'b_example_com_A'],
  ],
  [
    ['x', 'y', 'x', 'x'],
    ['x_example_com_A', 'y_example_com_A', 'x_example_com_A_2', 'x_example_com_A_3'],
  ],
])('records named %j are resources named %j', (names, expected) => {
  const records = names.map((name) => ({ name, type: 'a', records: ['192.0.2.1'] }));
  expect(recordsOf('example.com', records)).toEqual(expected);
});

test('fields that the data leaves out are rendered as null, and a record gets the default time to live', () => {
  const { resources } = renderOne({
    provider: 'route53-zone',
    identifier: '9zone',
    name: 'example.com',
    records: [{ name: 'a', type: 'TXT', records: ['x'] }],
  });
  expect(resources['aws_route53_record']).toEqual({
    a_example_com_TXT: {
      ...{ zone_id: '${aws_route53_zone._9zone.id}', name: 'a', type: 'TXT', ttl: 300, records: ['x'] },
      ...{
        alias: null,
        weighted_routing_policy: null,
        geolocation_routing_policy: null,
        set_identifier: null,
      },
    },
  });
});

test('a record that terraform will refuse is warned of', () => {
  const { warnings } = renderOne({
    provider: 'route53-zone',
    identifier: 'zone-1',
    name: 'example.com',
    records: [{ name: 'neither', type: 'A' }],
  });
  expect(warnings).toEqual(['terraform wants either an alias or records for the record neither A']);
});
