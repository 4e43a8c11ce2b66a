import { formatModule, type InstanceKey, type ModulePath } from '../../terraform/address/address.js';
import type { StateDocument } from '../document/state-document.js';

/** Where an object of the old state is expected to be in the new one, and what is expected to be different about it. */
export interface ExpectedObject {
  /** undefined: this stands for a resource without objects. */
  readonly object: number | undefined;
  /** The resource that it was in. */
  readonly row: number;
  module: ModulePath;
  moduleText: string;
  /** The resource in its module, e.g. `data.aws_ami.web`. */
  block: string;
  key: InstanceKey;
  provider: string;
  isGone: boolean;
  isTouched: boolean;
  losesDependencies: boolean;
}

/** What is expected when nothing is done. */
export function expectAsIs(document: StateDocument): ExpectedObject[] {
  const expected: ExpectedObject[] = [];
  const paths = document.parts.modules.all.map(({ path, text }) => ({ path, text }));
  const texts = new Map(paths.map(({ path, text }) => [path, text]));
  for (let row = 0; row < document.resourceCount; row++) {
    const { mode, type, name } = document.idOf(row);
    const { path } = document.moduleOf(row);
    const resource = {
      row,
      module: path,
      moduleText: texts.get(path) ?? formatModule(path),
      block: blockOf(mode, type, name),
      provider: document.providerOf(row),
      isGone: false,
      isTouched: false,
      losesDependencies: false,
    };
    const objects = document.instancesOf(row);
    for (const object of objects) expected.push({ ...resource, object, key: document.keyOf(object) });
    if (objects.length === 0) expected.push({ ...resource, object: undefined, key: undefined });
  }
  return expected;
}

export function blockOf(mode: string, type: string, name: string): string {
  return `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
}
