/** A bundle as it was read or built, not yet parsed. */
export interface BundleBytes {
  /** The file or checkout, for messages. */
  readonly name: string;
  readonly bytes: Buffer;
  /** What the builder found odd but not wrong. */
  readonly warnings: readonly string[];
}

/** Where bundles come from; read at the start and again by every reload. */
export interface BundleSource {
  /** The files and folders that it reads: a change there means new data. */
  paths(): Promise<readonly string[]>;
  /**
   * Every bundle in its present form, the latest last.
   *
   * @throws FailedError naming the file that cannot be read or that breaks the bundle
   */
  read(): AsyncIterable<BundleBytes>;
}
