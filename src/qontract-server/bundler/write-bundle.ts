import { canonicalJson, quote, sortedTexts } from './canonical-json.js';
import type { Commit } from './git.js';
import type { Tree } from './read-tree.js';
import { unhurried } from './unhurried.js';
import type { Mapping } from './value.js';

/** The bytes of a bundle, as its SHA-256 is taken of them: canonical JSON and a newline. */
export async function bundleBytes(tree: Tree, commit: Commit): Promise<Buffer> {
  const text = new Chunks();
  text.add('{"data":');
  await addFiles(text, tree.data);
  text.add(`,"git_commit":${quote(commit.hash)},"git_commit_timestamp":${quote(commit.timestamp)}`);
  text.add(`,"graphql":${canonicalJson(tree.graphql)},"resources":`);
  await addFiles(text, tree.resources);
  text.add(',"schemas":');
  await addFiles(text, tree.schemas);
  text.add('}\n');
  return text.bytes();
}

async function addFiles(text: Chunks, files: ReadonlyMap<string, Mapping>): Promise<void> {
  let separator = '{';
  for await (const path of unhurried(sortedTexts([...files.keys()]))) {
    text.add(`${separator}${quote(path)}:${canonicalJson(files.get(path) ?? null)}`);
    separator = ',';
  }
  text.add(files.size === 0 ? '{}' : '}');
}

/** ASCII text too long to be one string. */
class Chunks {
  readonly #done: Buffer[] = [];
  #open = '';

  add(text: string): void {
    this.#open += text;
    if (this.#open.length > 1_000_000) this.#close();
  }

  bytes(): Buffer {
    this.#close();
    return Buffer.concat(this.#done);
  }

  #close(): void {
    this.#done.push(Buffer.from(this.#open, 'latin1'));
    this.#open = '';
  }
}
