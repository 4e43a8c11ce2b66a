import { setFlagsFromString } from 'node:v8';

/** The last of which it is known that it has the setting; others would complain on stderr. */
const LAST_V8 = 13;

/**
 * Keeps V8's space for new objects at the size that it has. By itself it grows to three times 16 MB, for which a short
 * command gets nothing: what is read is either kept or dropped at once.
 */
export function keepHeapCompact(): void {
  if (Number.parseInt(process.versions.v8, 10) > LAST_V8) return;
  // It is looked at whenever the space would grow, so that it may be set while the engine runs.
  setFlagsFromString('--semi-space-growth-factor=1');
}
