import { FailedError } from '../../errors.js';
import { isWholeSecret, type Need } from './need.js';
import type { RenderContext } from './provider.js';

type SecretNeed = Extract<Need, { kind: 'secret' }>;

interface Options {
  /** Nothing to hide, though it comes from a secret. */
  readonly public?: boolean;
  /** The state's output that has it too; of the key's name unless told otherwise. */
  readonly output?: string;
}

/**
 * The text at a key of a whole secret, for the config: a sensitive variable's reference, unless it is public. When the
 * secret is out of reach it is what the state's output says, else a placeholder.
 *
 * @throws FailedError `SecretKeyMissing`, `SecretInvalid`
 */
export function secretKey(
  context: RenderContext,
  need: SecretNeed,
  key: string,
  options: Options = {},
): string {
  const found = optionalSecretKey(context, need, key, options);
  if (found !== undefined) return found;
  throw new FailedError('SecretKeyMissing', `the secret ${need.secret.path} has no key "${key}"`, {
    hint: `put the value under the key "${key}" of that secret`,
  });
}

/** As `secretKey`, of a key that the secret need not have. */
export function optionalSecretKey(
  context: RenderContext,
  need: SecretNeed,
  key: string,
  { public: isPublic = false, output = key }: Options = {},
): string | undefined {
  const answer = context.answer(need);
  if (!answer.known) {
    return context.fromOutside(need, key, { existing: context.existing(output), sensitive: !isPublic });
  }
  const value = isWholeSecret(answer.value) ? (answer.value[key] ?? undefined) : undefined;
  if (value === undefined) return undefined;
  if (typeof value !== 'string') {
    throw new FailedError('SecretInvalid', `the key "${key}" of the secret ${need.secret.path} is not text`);
  }
  return isPublic ? value : context.sensitive(key, value);
}
