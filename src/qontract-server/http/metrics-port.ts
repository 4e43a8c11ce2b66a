/** One answered request, for the histogram. */
export interface ServedRequest {
  readonly method: string;
  /** The route's path, not the request's: there are few of them. */
  readonly path: string;
  readonly status: number;
  readonly seconds: number;
}

/** Where the server reports what it did, and what `/metrics` shows. */
export interface Metrics {
  requestServed(request: ServedRequest): void;
  /** New data was registered, at the start or by a reload. */
  dataLoaded(): void;
  page(): Promise<{ type: string; text: string }>;
}
