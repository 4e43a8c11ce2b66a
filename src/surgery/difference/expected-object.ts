import type { InstanceKey, ModulePath } from '../../terraform/address/address.js';
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
  for (let row = 0; row < document.resourceCount; row++) {
    const { mode, type, name } = document.idOf(row);
    const block = blockOf(mode, type, name);
    const objects = document.instancesOf(row);
    for (const object of objects) expected.push(expectedObject(document, row, block, object));
    if (objects.length === 0) expected.push(expectedObject(document, row, block, undefined));
  }
  return expected;
}

function expectedObject(
  document: StateDocument,
  row: number,
  block: string,
  object: number | undefined,
): ExpectedObject {
  const { path, text } = document.moduleOf(row);
  return {
    object,
    row,
    module: path,
    moduleText: text,
    block,
    key: object === undefined ? undefined : document.keyOf(object),
    provider: document.providerOf(row),
    isGone: false,
    isTouched: false,
    losesDependencies: false,
  };
}

export function blockOf(mode: string, type: string, name: string): string {
  return `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
}
