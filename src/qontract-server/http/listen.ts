import type { Server } from 'node:http';

import { FailedError, messageOf, systemCodeOf } from '../../errors.js';

/** How long answers under way may take to finish when the server closes. */
const CLOSE_GRACE_MS = 1000;

export interface ListenAddress {
  readonly host: string;
  /** 0 = any free one. */
  readonly port: number;
}

/**
 * Starts to listen.
 *
 * @returns the origin for clients on this machine, e.g. `http://127.0.0.1:4000`
 * @throws FailedError `PortInUse`, `PortForbidden` or `HostUnusable`
 */
export async function listen(server: Server, address: ListenAddress): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(explain(error, address));
    });
    server.listen(address.port, address.host, resolve);
  });
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : address.port;
  return `http://${hostInUrl(address.host)}:${port}`;
}

/** Stops listening, ends idle connections at once and the others after a short grace. */
export async function stopListening(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => {
      server.closeAllConnections();
    }, CLOSE_GRACE_MS);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** "Every address" is nothing to connect to; loopback is among them. */
function hostInUrl(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

function explain(error: Error, { host, port }: ListenAddress): FailedError {
  switch (systemCodeOf(error)) {
    case 'EADDRINUSE':
      return new FailedError('PortInUse', `port ${port} of ${host} is in use`, {
        hint: 'stop the other server, or choose another port with --port (0 = any free one)',
        cause: error,
      });
    case 'EACCES':
      return new FailedError('PortForbidden', `you may not listen on port ${port} of ${host}`, {
        hint: 'choose a port above 1023 with --port',
        cause: error,
      });
    default:
      return new FailedError('HostUnusable', `cannot listen on ${host}: ${messageOf(error)}`, {
        hint: 'name an address of this machine with --host, such as 127.0.0.1',
        cause: error,
      });
  }
}
