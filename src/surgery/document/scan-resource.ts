import type { JsonScanner } from '../../json-scan/json-scanner.js';
import { InstanceScanner } from './scan-instance.js';
import { InvalidState } from './invalid-state.js';
import { LastText } from './last-text.js';
import { MemberNames } from './member-names.js';
import { Modules } from './modules.js';
import { RESOURCE_COLUMNS, ResourceColumn } from './state-document.js';
import { Table } from './table.js';

const MEMBERS = ['module', 'mode', 'type', 'name', 'each', 'provider', 'instances'] as const;

const QUOTE = 0x22;

/** Finds resources, and the instances in them. */
export class ResourceScanner {
  readonly resources = new Table(RESOURCE_COLUMNS);
  readonly modules = new Modules();
  readonly #instances: InstanceScanner;
  readonly #names = new MemberNames(MEMBERS);
  readonly #module = new LastText();
  readonly #mode = new LastText();

  constructor(
    private readonly bytes: Buffer,
    private readonly scanner: JsonScanner,
  ) {
    this.#instances = new InstanceScanner(bytes, scanner);
  }

  get instances(): Table {
    return this.#instances.table;
  }

  get hasInstanceProviders(): boolean {
    return this.#instances.hasProviders;
  }

  /** The position after the resource that begins at `at`. @throws JsonSyntaxError, InvalidState */
  scan(at: number): number {
    const { resources, bytes } = this;
    const row = resources.add();
    resources.set(row, ResourceColumn.start, at);
    resources.set(row, ResourceColumn.firstInstance, this.instances.length);
    this.#names.begin();
    let module = '';
    const end = this.scanner.objectEnd(at, (nameStart, nameEnd, valueStart) => {
      const name = this.#names.see(bytes, nameStart, nameEnd);
      if (name === 'module') module = this.#module.at(this.bytes, this.stringAt(valueStart, name));
      return this.memberEnd(row, name, valueStart);
    });
    resources.set(row, ResourceColumn.module, this.modules.numberOf(module));
    resources.set(row, ResourceColumn.end, end);
    resources.set(row, ResourceColumn.nextInstance, this.instances.length);
    this.checkComplete(row);
    this.#instances.checkDistinct(resources.get(row, ResourceColumn.firstInstance));
    return end;
  }

  private memberEnd(row: number, name: (typeof MEMBERS)[number] | undefined, valueStart: number): number {
    const { resources } = this;
    if (name === 'mode')
      resources.set(
        row,
        ResourceColumn.isData,
        isDataMode(this.#mode.at(this.bytes, this.stringAt(valueStart, name))),
      );
    if (name === 'type') resources.set(row, ResourceColumn.typeAt, this.stringAt(valueStart, name));
    if (name === 'name') resources.set(row, ResourceColumn.nameAt, this.stringAt(valueStart, name));
    if (name === 'provider') resources.set(row, ResourceColumn.providerAt, this.stringAt(valueStart, name));
    return name === 'instances' ? this.instancesEnd(row, valueStart) : this.scanner.valueEnd(valueStart);
  }

  private instancesEnd(row: number, valueStart: number): number {
    const { resources } = this;
    const end = this.scanner.arrayEnd(valueStart, (element) => this.#instances.scan(element, row));
    resources.set(row, ResourceColumn.instancesAt, valueStart);
    resources.set(row, ResourceColumn.instancesEnd, end);
    return end;
  }

  private checkComplete(row: number): void {
    const { typeAt, nameAt, providerAt, instancesAt } = ResourceColumn;
    for (const column of [typeAt, nameAt, providerAt, instancesAt]) {
      if (this.resources.get(row, column) === 0) {
        throw new InvalidState('a resource lacks its type, name, provider or instances');
      }
    }
  }

  private stringAt(at: number, name: string): number {
    if (this.bytes[at] !== QUOTE) throw new InvalidState(`the ${name} of a resource is no text`);
    return at;
  }
}

function isDataMode(mode: string): number {
  if (mode === 'data') return 1;
  if (mode === 'managed') return 0;
  throw new InvalidState('the mode of a resource is neither "managed" nor "data"');
}
