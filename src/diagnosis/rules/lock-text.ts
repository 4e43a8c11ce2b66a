import type { StateLock } from '../evidence.js';

/** What the `http` backend says of the lock that is there; the lock info below it is that of who asked in vain. */
const HELD_ID = /already locked:[\s|│]*ID=([^\s|│]+)/;

/**
 * Reads the lock info in an error of terraform: lines like `  Who:       jdoe@laptop` below `Lock Info:`; undefined when
 * there is none.
 *
 * @see https://developer.hashicorp.com/terraform/cli/commands/force-unlock
 */
export function lockIn(text: string): StateLock | undefined {
  const [, info] = text.split(/Lock Info:/i, 2);
  if (info === undefined) return undefined;
  const field = (name: string): string | undefined => {
    const [, value = ''] = new RegExp(`^[\\s|│]*${name}:[ \\t]*(.*)$`, 'm').exec(info) ?? [];
    return value.trim() === '' ? undefined : value.trim();
  };
  const id = field('ID');
  if (id === undefined) return undefined;
  const [, held = id] = HELD_ID.exec(text) ?? [];
  if (held !== id) return { id: held, who: undefined, operation: undefined, created: undefined };
  return { id, who: field('Who'), operation: field('Operation'), created: goTime(field('Created')) };
}

/** Go's `2026-11-20 10:00:00.123456789 +0000 UTC`, in milliseconds. */
function goTime(text: string | undefined): number | undefined {
  const [, day, time, zone] =
    /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)[\d.]*\s*([+-]\d{4}|Z)/.exec(text ?? '') ?? [];
  if (day === undefined || time === undefined || zone === undefined) return undefined;
  const moment = Date.parse(`${day}T${time}${zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3)}`}`);
  return Number.isNaN(moment) ? undefined : moment;
}
