import type { BackendBlock } from '../configuration/module-config.js';
import { literalText } from '../configuration/literal.js';

/** A backend's type and settings, wherever they were written down. */
export interface BackendSettings {
  readonly type: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Without a `backend` block, terraform keeps the state in a file. */
const DEFAULT: BackendSettings = { type: 'local', settings: {} };

/**
 * The settings that hold: those of the configuration, and for what it leaves open (a partial configuration) those that
 * `init` has recorded for a backend of the same type.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend#partial-configuration
 */
export function effectiveBackend(
  block: BackendBlock | undefined,
  recorded: BackendSettings | undefined,
): BackendSettings {
  if (block === undefined) return DEFAULT;
  const written = Object.entries(block.body).flatMap(([name, value]) => {
    const setting = typeof value === 'string' ? literalText(value) : value;
    return setting === undefined || setting === null ? [] : [[name, setting] as const];
  });
  const before = recorded?.type === block.type ? recorded.settings : {};
  return { type: block.type, settings: { ...before, ...Object.fromEntries(written) } };
}
