import { Writable } from 'node:stream';

import { FailedError } from '../../errors.js';
import type { TerraformRoot } from '../root.js';
import { runFailure, type Terraform } from '../terraform.js';

/** A state of 100,000 instances is some 200 MB. */
const MAX_BYTES = 512 * 1024 * 1024;

/**
 * The state of an initialised root, as terraform gives it; undefined when nothing was ever written.
 *
 * @throws FailedError `StateUnreadable` with terraform's words; the interruption
 */
export async function pullState(root: TerraformRoot, terraform: Terraform): Promise<Uint8Array | undefined> {
  const sink = new BoundedSink(MAX_BYTES);
  const result = await terraform.run(root, ['state', 'pull'], { copy: sink });
  if (result.exitCode !== 0 || result.timedOut) {
    throw runFailure('StateUnreadable', `${terraform.product} state pull in ${root.name}`, result, root);
  }
  if (sink.overflown) {
    throw new FailedError('StateUnreadable', `the state of ${root.name} is larger than ${MAX_BYTES} bytes`);
  }
  const bytes = sink.bytes();
  return bytes.every((byte) => byte === 0x0a) ? undefined : bytes;
}

/** Keeps what is written to it, up to a limit; the rest it only takes note of. */
class BoundedSink extends Writable {
  overflown = false;
  readonly #chunks: Buffer[] = [];
  #size = 0;

  constructor(private readonly limit: number) {
    super();
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#size += chunk.length;
    if (this.#size > this.limit) this.overflown = true;
    else this.#chunks.push(chunk);
    done();
  }
}
