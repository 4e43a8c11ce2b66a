import type { BundleProblem, Datafile } from './bundle.js';
import type { JsonObject } from './json.js';
import { LazyFiles } from './lazy-files.js';
import type { FileTable } from './scan/file-table.js';

/** The datafiles of a bundle, by bundle key and by schema. Each is parsed when it is first asked for. */
export class Datafiles extends LazyFiles<Datafile> {
  readonly #lists = new Map<string, readonly Datafile[]>();

  /**
   * @param files key → number in the table
   * @param bySchema the numbers of the datafiles of each schema
   */
  constructor(
    table: FileTable,
    files: Map<string, number>,
    private readonly bySchema: ReadonlyMap<string, readonly number[]>,
  ) {
    super(table, files, asDatafile);
  }

  hasSchema(schema: string): boolean {
    return this.bySchema.has(schema);
  }

  /** How many datafiles there are of each `$schema`. */
  countBySchema(): Map<string, number> {
    return new Map([...this.bySchema].map(([schema, files]) => [schema, files.length]));
  }

  /** The datafiles of a schema, in the order of the bundle. */
  ofSchema(schema: string): readonly Datafile[] {
    let list = this.#lists.get(schema);
    if (list === undefined) {
      list = this.parsed(this.bySchema.get(schema) ?? []);
      this.#lists.set(schema, list);
    }
    return list;
  }

  /**
   * The datafiles of a schema that may have a text in a field at their top: all that have, and as few others as can be told
   * without parsing them.
   */
  having(schema: string, field: string, text: string): readonly Datafile[] {
    const list = this.#lists.get(schema);
    if (list !== undefined) return list;
    const files = this.bySchema.get(schema) ?? [];
    if (field === 'path') return this.parsed(files.filter((file) => this.table.keys[file] === text));
    const bytes = Buffer.from(text);
    return this.parsed(files.filter((file) => this.table.mayHave(file, field, bytes)));
  }

  /** The datafiles that may have a reference to something else than a datafile: all that have, and few others. */
  referringElsewhere(): readonly Datafile[] {
    return this.parsed(this.table.referringElsewhere((file) => this.has(this.table.keys[file] ?? '')));
  }

  private parsed(files: readonly number[]): Datafile[] {
    return files.flatMap((file) => this.get(this.table.keys[file] ?? '') ?? []);
  }
}

/**
 * The datafiles in a table; those without a `$schema` belong to no type, and are left out.
 *
 * @param problems gets one for each that is left out
 */
export function collectDatafiles(table: FileTable, problems: BundleProblem[]): Datafiles {
  const files = table.numbers();
  const bySchema = new Map<string, number[]>();
  for (const [key, file] of files) {
    const schema = table.textOf(file, '$schema');
    if (schema === undefined) {
      files.delete(key);
      problems.push(leftOut(key, table.isObject(file)));
    } else {
      const group = bySchema.get(schema);
      if (group === undefined) bySchema.set(schema, [file]);
      else group.push(file);
    }
  }
  return new Datafiles(table, files, bySchema);
}

function leftOut(key: string, isObject: boolean): BundleProblem {
  const field = isObject ? '$schema' : '';
  const why = isObject ? 'has no $schema' : 'is not an object';
  return { file: key, field, message: `datafile ${key} is left out: it ${why}` };
}

/** The content itself, to spare a copy, with the bundle key added as `path`. */
function asDatafile(content: JsonObject, path: string): Datafile {
  return Object.assign(content, { $schema: String(content['$schema']), path });
}
