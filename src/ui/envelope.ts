import type { ErrorReport } from './render-error.js';

/** Version of the JSON documents that `--json` prints; raised when a field changes its meaning or goes away. */
export const SCHEMA_VERSION = 1;

/** What `--json` prints on success. */
export interface SuccessEnvelope {
  readonly schemaVersion: number;
  readonly command: string;
  readonly result: unknown;
}

/** What `--json` prints on failure. */
export interface ErrorEnvelope {
  readonly schemaVersion: number;
  readonly command: string | null;
  readonly error: ErrorReport;
}

export function successEnvelope(command: string, result: unknown): SuccessEnvelope {
  return { schemaVersion: SCHEMA_VERSION, command, result };
}

export function errorEnvelope(command: string | null, error: ErrorReport): ErrorEnvelope {
  return { schemaVersion: SCHEMA_VERSION, command, error };
}
