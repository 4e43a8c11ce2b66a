import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A checkout with just what a bundle needs: one application, one resource, its schema. */
export const SMALL_CHECKOUT: Readonly<Record<string, string>> = {
  'data/apps/orders.yml': '$schema: /app-1.yml\nname: orders\ntemplate: /templates/orders.yml\n',
  'resources/templates/orders.yml': 'replicas: {{ replicas }}\n',
  'schemas/app-1.yml':
    '$schema: /metaschema-1.json\nproperties:\n  template:\n    $ref: /common-1.json#/definitions/resourceref\n',
  'graphql-schemas/schema.yml': 'confs: []\n',
};

/** Writes files into a folder. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}
