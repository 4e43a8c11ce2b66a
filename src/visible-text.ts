import * as v from 'valibot';

/** Control characters, what reorders or hides text, and lone surrogates: people must see what they approve. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/u;

const MAX_TEXT = 4096;

/** A text that people are shown, all of which they can see. */
export const VisibleText = v.pipe(
  v.string(),
  v.nonEmpty('a text that is not empty'),
  v.maxLength(MAX_TEXT, `at most ${MAX_TEXT} characters`),
  v.check((value) => !INVISIBLE.test(value), 'a text without control or invisible characters'),
);
