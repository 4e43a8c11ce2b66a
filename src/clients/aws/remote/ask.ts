import { isError } from '../../../errors.js';
import { sdkCredentials } from '../credentials.js';
import { fipsIn } from '../identity.js';
import type { RemotePlace } from './remote-object.js';

/** The names under which AWS's services say that something does not exist. */
const NOT_FOUND =
  /^(?:AWS\.SimpleQueueService\.NonExistentQueue|QueueDoesNotExist|NoSuch(?:Bucket|Entity|HostedZone|TagSet)\w*|(?:\w*)NotFound(?:Exception|Fault)?)$/;

/** A client that gives up soon: what it is asked for is a help, not a need. */
export function clientConfig({ region, credentials }: RemotePlace): {
  region: string;
  credentials: ReturnType<typeof sdkCredentials>;
  maxAttempts: number;
  useFipsEndpoint?: true;
} {
  return { region, credentials: sdkCredentials(credentials), maxAttempts: 2, ...fipsIn(region) };
}

/** The answer, or undefined when AWS says that there is no such thing. */
export async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isError(error) && NOT_FOUND.test(error.name)) return undefined;
    throw error;
  }
}

/** Uses a client of the SDK for one question and closes it. */
export async function using<C extends { destroy(): void }, T>(
  client: C,
  question: (client: C) => Promise<T>,
): Promise<T> {
  try {
    return await question(client);
  } finally {
    client.destroy();
  }
}
