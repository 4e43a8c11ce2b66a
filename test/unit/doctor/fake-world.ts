import type { ProgramAnswer } from '../../../src/clients/ask-program.js';
import { parseConfig } from '../../../src/config/load.js';
import type { MotoProgram } from '../../../src/sandbox/moto/locate.js';
import type { ProviderMirror } from '../../../src/terraform/provider-mirror.js';
import type { DoctorSettings, DoctorWorld } from '../../../src/doctor/check.js';

/** A machine that tests make up. */
export interface FakeMachine {
  readonly env?: Readonly<Record<string, string>>;
  /** What a program answers, by its command line; all others are absent. */
  readonly programs?: Readonly<Record<string, ProgramAnswer>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly folders?: Readonly<Record<string, readonly string[]>>;
  /** What a server answers, by URL; all others refuse the connection. */
  readonly servers?: Readonly<Record<string, Response>>;
  readonly mirror?: ProviderMirror;
  readonly moto?: MotoProgram;
  readonly callerArn?: () => Promise<string>;
  readonly signal?: AbortSignal;
  readonly now?: number;
}

/** Every request made of the made-up servers. */
export interface FakeWorld extends DoctorWorld {
  readonly requests: { readonly url: string; readonly headers: Headers }[];
}

export function fakeWorld(machine: FakeMachine = {}): FakeWorld {
  const { env = {}, programs = {}, files = {}, folders = {}, servers = {} } = machine;
  const requests: FakeWorld['requests'] = [];
  return {
    env,
    cwd: '/home/me',
    home: '/home/me',
    now: () => machine.now ?? Date.parse('2026-01-01T00:00:00Z'),
    signal: machine.signal ?? new AbortController().signal,
    requests,
    ask: (file, args) => Promise.resolve(programs[[file, ...args].join(' ')] ?? { kind: 'absent' }),
    findProgram: (name) => Promise.resolve(files[`/bin/${name}`] === undefined ? undefined : `/bin/${name}`),
    readText: (file) => Promise.resolve(files[file]),
    listFolder: (folder) => Promise.resolve(folders[folder]),
    findProviderMirror: () => Promise.resolve(machine.mirror),
    locateMoto: () => Promise.resolve(machine.moto),
    callerArn: machine.callerArn ?? (() => Promise.reject(new Error('nobody asks AWS'))),
    fetch: (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      requests.push({ url, headers: new Headers(init?.headers) });
      const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
      const response = servers[url];
      return response
        ? Promise.resolve(response)
        : Promise.reject(new TypeError('fetch failed', { cause: refused }));
    },
  };
}

/** The program said this and ended well. */
export function says(stdout: string, stderr = ''): ProgramAnswer {
  return { kind: 'ended', exitCode: 0, stdout, stderr };
}

/** Settings with the configuration in this TOML text. */
export function settings(toml = '', rest: Partial<DoctorSettings> = {}): DoctorSettings {
  return {
    config: parseConfig(toml, '/home/me/config.toml'),
    terraformBin: undefined,
    online: false,
    ...rest,
  };
}
