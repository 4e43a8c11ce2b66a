import { Secret } from '../../secret.js';

type Env = Readonly<Record<string, string | undefined>>;

/** Of terraform's own variables, those that say what the configuration is; the others say how it is run. */
const ABOUT_CONFIGURATION = /^TF_(?:VAR_|TOKEN_|WORKSPACE$|ENCRYPTION$)/;

/** Not for terraform: its own ways, ours, and those of our runtime. */
const KEPT_BACK = /^(?:TF_|TFREPAIR_|QONTRACT_|CHECKPOINT_|NODE_OPTIONS$)/;

const SECRET = /key|secret|token|pass|cred|auth/i;

/** Where a secret is, is none. */
const PLACE = /(?:_FILE|_PATH|_DIR|_URL|_URI|_SOCK)$/;

/** What would be taken before a profile. */
const BEFORE_PROFILE = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];

/**
 * What terraform gets of the caller's environment in a folder of the caller's own: all that its providers may need, as
 * they would find it when the caller ran terraform there.
 *
 * @param profile of AWS, that the user has named
 */
export function dirEnvironment(caller: Env, profile?: string): Record<string, Secret | string> {
  const passed = Object.entries(caller).flatMap(([name, value]): [string, Secret | string][] => {
    const isPassed = ABOUT_CONFIGURATION.test(name) || !KEPT_BACK.test(name);
    if (value === undefined || !isPassed) return [];
    return [[name, SECRET.test(name) && !PLACE.test(name) ? new Secret(value) : value]];
  });
  if (profile === undefined) return Object.fromEntries(passed);
  const others = passed.filter(([name]) => !BEFORE_PROFILE.includes(name));
  return { ...Object.fromEntries(others), AWS_PROFILE: profile };
}
