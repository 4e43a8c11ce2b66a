import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly content: Buffer;
  /** What the zip says of the content's size, where that is a lie. */
  readonly claimedSize?: number;
}

/** A zip file, as small as one can be (APPNOTE.TXT, 4.3). */
export function makeZip(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const data = deflateRawSync(entry.content);
    const facts = factsOf(entry, data.length, name.length);
    const local = Buffer.concat([words(0x04034b50), shorts(20), facts, name, data]);
    const central = Buffer.concat([
      words(0x02014b50),
      shorts(20, 20),
      facts,
      shorts(0, 0, 0),
      words(0, offset),
    ]);
    locals.push(local);
    directory.push(central, name);
    offset += local.length;
  }
  const index = Buffer.concat(directory);
  const count = entries.length;
  const end = Buffer.concat([
    words(0x06054b50),
    shorts(0, 0, count, count),
    words(index.length, offset),
    shorts(0),
  ]);
  return Buffer.concat([...locals, index, end]);
}

/** What the local and the central header both say: method, checksum, sizes, lengths. */
function factsOf({ content, claimedSize }: ZipEntry, compressed: number, nameLength: number): Buffer {
  const sizes = words(crc32(content), compressed, claimedSize ?? content.length);
  return Buffer.concat([shorts(0, 8, 0, 0), sizes, shorts(nameLength, 0)]);
}

function shorts(...values: number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => buffer.writeUInt16LE(value, index * 2));
  return buffer;
}

function words(...values: number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => buffer.writeUInt32LE(value, index * 4));
  return buffer;
}
