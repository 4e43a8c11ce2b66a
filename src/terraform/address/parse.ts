import { UsageError } from '../../errors.js';
import type { InstanceKey, ModulePath, ModuleStep, ResourceAddress } from './address.js';
import { AddressReader } from './reader.js';

/** What a user may name: a resource or an instance of it, or a whole module. */
export type Target =
  | { readonly kind: 'resource'; readonly address: ResourceAddress }
  | { readonly kind: 'module'; readonly module: ModulePath };

/**
 * Reads the address of a resource or of one instance, in the grammar of Terraform's command line.
 *
 * @throws UsageError `AddressInvalid`
 * @see https://developer.hashicorp.com/terraform/cli/state/resource-addressing
 */
export function parseAddress(text: string): ResourceAddress {
  const target = parseTarget(text);
  if (target.kind === 'resource') return target.address;
  throw new UsageError('AddressInvalid', `${text} is a module, not a resource`, {
    hint: 'name a resource in it, as in module.NAME.TYPE.NAME',
  });
}

/** Reads the address of a resource, an instance or a module. @throws UsageError `AddressInvalid` */
export function parseTarget(text: string): Target {
  const reader = new AddressReader(text);
  const module: ModuleStep[] = [];
  while (reader.startsModule()) {
    module.push(moduleStep(reader));
    if (reader.atEnd()) return { kind: 'module', module };
    reader.expect('.');
  }
  const address = resource(reader, module);
  reader.expectEnd();
  return { kind: 'resource', address };
}

function moduleStep(reader: AddressReader): ModuleStep {
  reader.identifier('module');
  reader.expect('.');
  return { name: reader.identifier('the name of a module'), key: reader.key() };
}

function resource(reader: AddressReader, module: ModulePath): ResourceAddress {
  const first = reader.identifier('a resource type');
  reader.expect('.');
  const isData = first === 'data';
  const type = isData ? reader.identifier('the type of a data source') : first;
  if (isData) reader.expect('.');
  const name = reader.identifier('a resource name');
  const key: InstanceKey = reader.key();
  return { module, mode: isData ? 'data' : 'managed', type, name, key };
}
