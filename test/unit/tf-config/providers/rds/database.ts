import type { JsonObject } from '../../../../../src/json.js';
import { renderOne, type Rendered, type World } from '../../../../support/render-one.js';

/** What comes of an rds spec `db` whose defaults are the YAML `values` and a user name. */
export function database(values: string, fields: JsonObject = {}, world: World = {}): Rendered {
  const defaults = values.startsWith('{') ? values : `{${values}}`;
  const files = { '/db.yml': defaults.replace('{', '{username: admin, '), ...world.files };
  const spec = { provider: 'rds', identifier: 'db', defaults: '/db.yml', ...fields };
  return renderOne(spec, { ...world, files });
}
