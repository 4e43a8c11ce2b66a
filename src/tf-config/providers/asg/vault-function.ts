import { Arguments } from '../../jinja/arguments.js';
import { templateError } from '../../jinja/errors.js';
import { renderTemplate } from '../../jinja/render.js';
import type { Delimiters } from '../../jinja/tokens.js';
import { Callable, isTrue, toText, type Value } from '../../jinja/values.js';
import type { SecretRef } from '../../model/need.js';

/** How Jinja2 has them by default. */
const PLAIN: Delimiters = { block: ['{%', '%}'], output: ['{{', '}}'], comment: ['{#', '#}'] };

/** Tells a secret's field. @param optional a template that asks so wants null for a secret that does not exist */
export type SecretLookup = (secret: SecretRef, optional: boolean) => string | null;

/**
 * `vault(path, key, version, allow_not_found)` of the reconcile loop's templates. Path, key and version are templates
 * themselves.
 */
export function vaultFunction(lookup: SecretLookup, variables: ReadonlyMap<string, Value>): Callable {
  const text = (value: Value): string => renderTemplate(toText(value), PLAIN, { variables });
  return new Callable((positional, named) => {
    const args = new Arguments(positional, named);
    const version = args.get(2, 'v') ?? null;
    const secret: SecretRef = {
      path: text(args.need(0, 'p')),
      field: text(args.need(1, 'k')),
      ...(version === null ? {} : { version: versionNumber(text(version)) }),
    };
    return lookup(secret, isTrue(args.get(3, 'allow_not_found') ?? false));
  });
}

function versionNumber(text: string): number {
  const version = Number(text);
  if (!Number.isInteger(version)) throw templateError(`the version ${text} of a secret is no number`);
  return version;
}
