import { FailedError } from '../errors.js';
import { parseBundle } from './bundle/parse.js';
import type { GraphqlAnswer, GraphqlRequest } from './graphql/engine.js';
import { createNarrowEngine } from './graphql/narrow-engine.js';
import type { BundleBytes, BundleSource } from './sources/source.js';

/** A bundle that this process asks itself, without a server. */
export interface EmbeddedBundle {
  /** What messages call it. */
  readonly name: string;
  readonly sha256: string;
  readonly execute: (request: GraphqlRequest) => GraphqlAnswer;
  /** The bundle once more, to serve it to other programs. */
  readonly source: BundleSource;
}

/**
 * Reads the latest bundle of a source.
 *
 * @throws FailedError when it cannot be read or used
 */
export async function embedBundle(source: BundleSource): Promise<EmbeddedBundle> {
  const latest = await latestOf(source);
  const { name, sha256, ...bundle } = parseBundle(latest.bytes, latest.name);
  return {
    name,
    sha256,
    execute: createNarrowEngine({ name, sha256, ...bundle }),
    source: {
      paths: () => source.paths(),
      async *read() {
        yield await Promise.resolve(latest);
      },
    },
  };
}

async function latestOf(source: BundleSource): Promise<BundleBytes> {
  let latest: BundleBytes | undefined;
  for await (const bytes of source.read()) latest = bytes;
  if (latest === undefined) throw new FailedError('NoData', 'the source has no bundle');
  return latest;
}
