import type { SecretReader } from '../credentials/secret-reader.js';
import { FailedError, messageOf } from '../errors.js';
import type { RenderAccount } from '../tf-config/model/account.js';
import type { Answer, Need, SecretRef } from '../tf-config/model/need.js';
import type { Outside } from '../tf-config/outside.js';

type Asker<K extends Need['kind']> = (
  need: Extract<Need, { kind: K }>,
  account: RenderAccount,
) => Promise<Answer>;

/** The systems that answer what rendering needs, by kind of need; a missing one is not asked. */
export type OutsideWorld = { readonly [K in Need['kind']]?: Asker<K> };

/** Errors that tell that the data is wrong, not that a system could not be asked. */
const DATA_ERRORS: ReadonlySet<string> = new Set(['SecretNotFound', 'SecretInvalid']);

/**
 * Asks the outside world. What cannot be reached or may not be read is an unknown answer; what does not exist is an
 * error of the data.
 *
 * @param unasked why a kind of need is not asked for, e.g. `offline`
 * @param signal the interruption, which is thrown: what it makes fail is not unknown
 */
export function answerNeeds(world: OutsideWorld, unasked: string, signal: AbortSignal): Outside {
  return async (need, account) => {
    try {
      return (await ask(world, need, account)) ?? { known: false, why: unasked };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof FailedError && DATA_ERRORS.has(error.code)) return { known: false, error };
      return { known: false, why: messageOf(error) };
    }
  };
}

function ask(world: OutsideWorld, need: Need, account: RenderAccount): Promise<Answer> | undefined {
  switch (need.kind) {
    case 'secret-field':
      return world['secret-field']?.(need, account);
    case 'secret':
      return world.secret?.(need, account);
    case 'image':
      return world.image?.(need, account);
    case 'zip':
      return world.zip?.(need, account);
    case 'bucket-object':
      return world['bucket-object']?.(need, account);
    case 'granted-role':
      return world['granted-role']?.(need, account);
    case 'service-addresses':
      return world['service-addresses']?.(need, account);
  }
}

/** Secrets from a store. */
export function secretsOf(secrets: SecretReader): Pick<OutsideWorld, 'secret' | 'secret-field'> {
  return {
    secret: async ({ secret }) => {
      const fields = await secrets.readAll(reference(secret));
      const plain = [...fields].map(([name, value]) => [name, value.reveal()] as const);
      return { known: true, value: Object.fromEntries(plain) };
    },
    'secret-field': async ({ secret }) => ({
      known: true,
      value: (await secrets.read(reference(secret))).reveal(),
    }),
  };
}

function reference({ path, field, version, format }: SecretRef): Parameters<SecretReader['read']>[0] {
  return { path, field, version, format };
}
