import { decode } from '../../json-scan/decode.js';
import { JsonScanner } from '../../json-scan/json-scanner.js';
import { stringEnd, wordEnd } from '../../json-scan/json-words.js';
import { formatAddress, type InstanceKey } from '../../terraform/address/address.js';
import { isAscending } from './ascending.js';
import { LastText } from './last-text.js';
import type { Member, Span } from './members.js';
import type { Modules, StateModule } from './modules.js';
import type { Table } from './table.js';

/** What is known of each resource: positions of its values, and numbers. An `…At` is 0 where there is no such member. */
export const ResourceColumn = {
  start: 0,
  end: 1,
  module: 2,
  isData: 3,
  typeAt: 4,
  nameAt: 5,
  providerAt: 6,
  instancesAt: 7,
  instancesEnd: 8,
  firstInstance: 9,
  nextInstance: 10,
} as const;

/** What is known of each object of an instance, the current one or a deposed one. */
export const InstanceColumn = {
  start: 0,
  end: 1,
  resource: 2,
  keyAt: 3,
  deposedAt: 4,
  dependenciesAt: 5,
} as const;

export const RESOURCE_COLUMNS = 11;
export const INSTANCE_COLUMNS = 6;

/** The address of a resource, its module in Terraform's spelling. */
export interface ResourceId {
  readonly module: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
}

export interface DocumentParts {
  readonly bytes: Buffer;
  readonly serial: Span;
  /** All members at the top. */
  readonly members: readonly Member[];
  /** The array of resources; undefined where the state has none. */
  readonly resourceList: Span | undefined;
  readonly resources: Table;
  readonly instances: Table;
  readonly modules: Modules;
  /** Whether an instance has a provider of its own, as OpenTofu writes where that depends on the instance's key. */
  readonly hasInstanceProviders: boolean;
}

const QUOTE = 0x22;

/**
 * A state of format version 4 as its bytes, in which is known where each resource and each instance lies. Nothing else is
 * made of them: what nobody asks for is never looked at again, and stays what it is.
 *
 * Resources and the objects of instances are known by their numbers in the order of the document.
 */
export class StateDocument {
  readonly #provider = new LastText();
  #rows: Map<string, number> | undefined;

  constructor(readonly parts: DocumentParts) {}

  get bytes(): Buffer {
    return this.parts.bytes;
  }

  /** A number up to 2⁶⁴-1. */
  get serial(): bigint {
    const { start, end } = this.parts.serial;
    return BigInt(this.bytes.toString('latin1', start, end));
  }

  get resourceCount(): number {
    return this.parts.resources.length;
  }

  /** Objects of instances: the current and the deposed ones. */
  get instanceCount(): number {
    return this.parts.instances.length;
  }

  /** Whether no resource is listed twice. */
  get isDistinct(): boolean {
    return isAscending(this) || this.rows.size === this.resourceCount;
  }

  /** The number of a resource. */
  find({ module, mode, type, name }: ResourceId): number | undefined {
    const number = this.parts.modules.find(module);
    return number === undefined ? undefined : this.rows.get(rowKey(number, mode === 'data', type, name));
  }

  /** @param row the number of a resource, as in all that follow */
  idOf(row: number): ResourceId {
    const mode = this.resource(row, ResourceColumn.isData) === 1 ? 'data' : 'managed';
    return { module: this.moduleOf(row).text, mode, type: this.typeOf(row), name: this.nameOf(row) };
  }

  moduleOf(row: number): StateModule {
    return this.parts.modules.all[this.resource(row, ResourceColumn.module)] ?? { path: [], text: '' };
  }

  /** As it is written, e.g. `provider["registry.terraform.io/hashicorp/aws"].west`. */
  providerOf(row: number): string {
    return this.#provider.at(this.bytes, this.resource(row, ResourceColumn.providerAt));
  }

  spanOf(row: number): Span {
    return {
      start: this.resource(row, ResourceColumn.start),
      end: this.resource(row, ResourceColumn.end),
    };
  }

  /** Where the resource's array of instances lies. */
  instanceListOf(row: number): Span {
    return {
      start: this.resource(row, ResourceColumn.instancesAt),
      end: this.resource(row, ResourceColumn.instancesEnd),
    };
  }

  /** The numbers of the resource's objects. */
  instancesOf(row: number): number[] {
    const first = this.resource(row, ResourceColumn.firstInstance);
    const length = this.resource(row, ResourceColumn.nextInstance) - first;
    return Array.from({ length }, (_, index) => first + index);
  }

  /** @param instance the number of an object, as in all that follow */
  spanOfInstance(instance: number): Span {
    return {
      start: this.instance(instance, InstanceColumn.start),
      end: this.instance(instance, InstanceColumn.end),
    };
  }

  resourceOf(instance: number): number {
    return this.instance(instance, InstanceColumn.resource);
  }

  keyOf(instance: number): InstanceKey {
    const at = this.instance(instance, InstanceColumn.keyAt);
    if (at === 0) return undefined;
    if (this.bytes[at] === QUOTE) return this.text(at);
    return Number(this.bytes.toString('latin1', at, wordEnd(this.bytes, at)));
  }

  isDeposed(instance: number): boolean {
    return this.instance(instance, InstanceColumn.deposedAt) !== 0;
  }

  /** The key of a deposed object; undefined: it is the current one. */
  deposedOf(instance: number): string | undefined {
    const at = this.instance(instance, InstanceColumn.deposedAt);
    return at === 0 ? undefined : this.text(at);
  }

  /** As they are written. */
  dependenciesOf(instance: number): string[] {
    const at = this.instance(instance, InstanceColumn.dependenciesAt);
    const dependencies: string[] = [];
    if (at === 0) return dependencies;
    new JsonScanner(this.bytes).arrayEnd(at, (element) => {
      dependencies.push(this.text(element));
      return stringEnd(this.bytes, element);
    });
    return dependencies;
  }

  /** In Terraform's spelling; objects of one instance have the same one. */
  addressOf(instance: number): string {
    const row = this.resourceOf(instance);
    const { mode, type, name } = this.idOf(row);
    return formatAddress({ module: this.moduleOf(row).path, mode, type, name, key: this.keyOf(instance) });
  }

  private get rows(): Map<string, number> {
    if (this.#rows !== undefined) return this.#rows;
    this.#rows = new Map();
    for (let row = 0; row < this.resourceCount; row++) this.#rows.set(this.keyOfRow(row), row);
    return this.#rows;
  }

  /** The text of the string that begins at `at`. */
  private text(at: number): string {
    return decode(this.bytes, at + 1, stringEnd(this.bytes, at) - 1);
  }

  private typeOf(row: number): string {
    return this.text(this.resource(row, ResourceColumn.typeAt));
  }

  private nameOf(row: number): string {
    return this.text(this.resource(row, ResourceColumn.nameAt));
  }

  private keyOfRow(row: number): string {
    const isData = this.resource(row, ResourceColumn.isData) === 1;
    return rowKey(this.resource(row, ResourceColumn.module), isData, this.typeOf(row), this.nameOf(row));
  }

  private resource(row: number, column: number): number {
    return this.parts.resources.get(row, column);
  }

  private instance(instance: number, column: number): number {
    return this.parts.instances.get(instance, column);
  }
}

function rowKey(module: number, isData: boolean, type: string, name: string): string {
  return `${module} ${isData ? 'data.' : ''}${type} ${name}`;
}
