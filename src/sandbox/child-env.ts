import type { Identity } from './aws/identities.js';

export interface ChildPlaces {
  readonly endpoint: string;
  readonly region: string;
  readonly configFile: string;
  readonly terraformCliConfig: string;
}

/**
 * The environment in which a child process acts as an identity of the sandbox and can reach no other AWS: profiles,
 * instance metadata and shared credentials are out of its reach.
 */
export function childEnv({ keys }: Identity, places: ChildPlaces): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey.reveal(),
    AWS_REGION: places.region,
    AWS_ENDPOINT_URL: places.endpoint,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    CHECKPOINT_DISABLE: '1',
    TF_CLI_CONFIG_FILE: places.terraformCliConfig,
    QONTRACT_CONFIG: places.configFile,
  };
}
