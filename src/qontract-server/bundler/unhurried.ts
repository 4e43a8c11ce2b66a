import { setImmediate } from 'node:timers/promises';

/** The items one by one, with a pause now and then in which others (a server's requests) get their turn. */
export async function* unhurried<T>(items: Iterable<T>): AsyncGenerator<T> {
  let count = 0;
  for (const item of items) {
    if (++count % STRETCH === 0) await setImmediate();
    yield item;
  }
}

const STRETCH = 32;
