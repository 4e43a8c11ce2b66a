import type { JsonObject } from '../../json.js';
import type { Product } from '../executable.js';
import { Configuration } from './configuration.js';
import { moduleConfig } from './module-config.js';
import { providersOf } from './provider-source.js';

/** What a root wants that consists of one JSON document and calls no modules. */
export function configurationOf(document: JsonObject, product: Product): Configuration {
  const config = moduleConfig([{ body: document, isOverride: false }]);
  return new Configuration({
    resources: config.resources,
    calls: new Map(),
    providers: providersOf(config, product),
    requiredVersions: new Set(config.requiredVersions),
    unreadModules: [],
  });
}
