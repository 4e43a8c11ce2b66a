/** The workspace that is there without being made. */
export const DEFAULT_WORKSPACE = 'default';

/** Where a root is, which the settings of its backend leave to be known. */
export interface BackendPlace {
  /** The root's folder, absolute. */
  readonly folder: string;
  readonly workspace: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}
