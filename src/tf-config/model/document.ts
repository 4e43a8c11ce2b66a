import type { Json, JsonObject } from '../../json.js';
import { pythonText } from './python.js';

/** A block's arguments; those that are `undefined` are left out, `null` is written. */
export type Arguments = Readonly<Record<string, Json | undefined>>;

/** A resource or data source that has been put into a config, for references to it. */
export interface BlockHandle {
  /** Its address, e.g. `aws_iam_user.payments` or `data.aws_sqs_queue.dead`. */
  readonly address: string;
  /** The address as the renderer's `depends_on` lists it: without `data.`. */
  readonly dependency: string;
  /** `${ADDRESS.attribute}` */
  ref(attribute: string): string;
  /**
   * As `ref`, but when the block was given that attribute as an argument, its value: `${5432}`. The renderer that
   * tfrepair agrees with does so wherever it refers through the resource.
   */
  refOrOwn(attribute: string): string;
}

/** Where a spec's renderer puts its blocks. */
export interface BlockSink {
  resource(type: string, name: string, body: Arguments): BlockHandle;
  data(type: string, name: string, body: Arguments): BlockHandle;
  output(name: string, value: Json, options?: { sensitive?: boolean }): void;
}

type BlocksByType = Record<string, Record<string, JsonObject>>;

/** Blocks of one kind are overwritten by later ones of the same name, as in the original; `onReplace` hears of it. */
export class Blocks implements BlockSink {
  readonly resources: BlocksByType = Object.create(null) as BlocksByType;
  readonly dataSources: BlocksByType = Object.create(null) as BlocksByType;
  readonly outputs: Record<string, JsonObject> = Object.create(null) as Record<string, JsonObject>;

  resource(type: string, name: string, body: Arguments): BlockHandle {
    return handle(`${type}.${name}`, '', put(this.resources, type, name, body));
  }

  data(type: string, name: string, body: Arguments): BlockHandle {
    return handle(`${type}.${name}`, 'data.', put(this.dataSources, type, name, body));
  }

  output(name: string, value: Json, options: { sensitive?: boolean } = {}): void {
    this.outputs[name] = options.sensitive === true ? { value, sensitive: true } : { value };
  }

  /** Adds the blocks of `other`, which win. Returns the addresses whose different blocks they replaced. */
  merge(other: Blocks): string[] {
    return [
      ...mergeBlocks(this.resources, other.resources, ''),
      ...mergeBlocks(this.dataSources, other.dataSources, 'data.'),
      ...mergeOutputs(this.outputs, other.outputs),
    ];
  }

  /** All addresses, resources first. */
  addresses(): string[] {
    return [...addressesOf(this.resources, ''), ...addressesOf(this.dataSources, 'data.')];
  }

  /** All addresses, then all outputs as `output.NAME`. */
  allNames(): string[] {
    return [...this.addresses(), ...Object.keys(this.outputs).map((name) => `output.${name}`)];
  }
}

function put(blocks: BlocksByType, type: string, name: string, body: Arguments): JsonObject {
  const ofType = (blocks[type] ??= Object.create(null) as Record<string, JsonObject>);
  return (ofType[name] = withoutUndefined(body));
}

function withoutUndefined(body: Arguments): JsonObject {
  const kept: JsonObject = {};
  for (const [key, value] of Object.entries(body)) if (value !== undefined) kept[key] = value;
  return kept;
}

function handle(dependency: string, prefix: string, body: JsonObject): BlockHandle {
  const address = prefix + dependency;
  const ref = (attribute: string): string => `\${${address}.${attribute}}`;
  return {
    ...{ address, dependency, ref },
    refOrOwn(attribute) {
      const own = body[attribute];
      return own === undefined ? ref(attribute) : `\${${pythonText(own)}}`;
    },
  };
}

function mergeBlocks(into: BlocksByType, from: BlocksByType, prefix: string): string[] {
  const replaced: string[] = [];
  for (const [type, blocks] of Object.entries(from)) {
    const target = (into[type] ??= Object.create(null) as Record<string, JsonObject>);
    for (const [name, body] of Object.entries(blocks)) {
      if (differs(target[name], body)) replaced.push(`${prefix}${type}.${name}`);
      target[name] = body;
    }
  }
  return replaced;
}

function mergeOutputs(into: Record<string, JsonObject>, from: Record<string, JsonObject>): string[] {
  const replaced: string[] = [];
  for (const [name, body] of Object.entries(from)) {
    if (differs(into[name], body)) replaced.push(`output.${name}`);
    into[name] = body;
  }
  return replaced;
}

function differs(old: JsonObject | undefined, body: JsonObject): boolean {
  return old !== undefined && JSON.stringify(old) !== JSON.stringify(body);
}

function addressesOf(blocks: BlocksByType, prefix: string): string[] {
  return Object.entries(blocks).flatMap(([type, named]) =>
    Object.keys(named).map((name) => `${prefix}${type}.${name}`),
  );
}
