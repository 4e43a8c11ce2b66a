import type { BundleProblem } from '../qontract-server/bundle/bundle.js';
import type { RequestLine } from '../qontract-server/http/api.js';
import type { LoadOutcome } from '../qontract-server/load.js';
import type { QontractServer, ServerEvents } from '../qontract-server/start.js';
import type { ChalkInstance } from 'chalk';

import { printable } from './printable.js';
import { describeError, renderError } from './render-error.js';

/** The JSON document of a server that is ready. */
export interface ServerReady {
  readonly url: string;
  readonly sha256: string;
  readonly gitCommit: string;
  readonly gitCommitTimestamp: string;
  readonly datafiles: number;
  readonly resources: number;
  readonly problems: readonly BundleProblem[];
  readonly warnings: readonly string[];
}

/** More than these would scroll everything else away; the JSON document has all. */
const SHOWN_PROBLEMS = 20;

export function describeServer({ url, bundle, warnings }: QontractServer): ServerReady {
  const { sha256, gitCommit, gitCommitTimestamp, datafiles, resources, problems } = bundle;
  return {
    url,
    sha256,
    gitCommit,
    gitCommitTimestamp,
    datafiles: datafiles.size,
    resources: resources.size,
    problems,
    warnings,
  };
}

/** The one line on stdout, for people and for scripts that wait for it. */
export function readyLine({ url, sha256 }: Pick<QontractServer, 'url' | 'sha256'>): string {
  return `ready ${url} sha256 ${sha256}`;
}

/** What is odd about the data, a line each. */
export function renderFindings({ warnings, problems }: Pick<ServerReady, 'warnings' | 'problems'>): string[] {
  const messages = [...warnings, ...problems.slice(0, SHOWN_PROBLEMS).map(({ message }) => message)];
  const rest = problems.length - SHOWN_PROBLEMS;
  if (rest > 0) messages.push(`${rest} more files or references like that; --json lists them`);
  return messages.map((message) => `warning: ${printable(message)}`);
}

export interface ServerLogOptions {
  /** Writes a line to stderr. */
  readonly note: (text: string) => void;
  readonly verbose: boolean;
  readonly colour: ChalkInstance;
}

/** What a running server tells people: new data, broken data and its mending; with `verbose` every request. */
export function createServerLog({ note, verbose, colour }: ServerLogOptions): ServerEvents {
  let broken = false;
  const noteError = (error: unknown): void => {
    note(renderError(describeError(error, { verbose }), colour));
  };
  return {
    onReload: ({ changed, sha256, warnings }: LoadOutcome) => {
      if (changed || broken) note(`${broken ? 'mended, ' : ''}serving sha256 ${sha256}`);
      if (changed) for (const warning of warnings) note(`warning: ${printable(warning)}`);
      broken = false;
    },
    onReloadFailure: (error) => {
      broken = true;
      noteError(error);
      note('still serving the last good data');
    },
    onFailure: noteError,
    ...(verbose
      ? {
          onRequest: (line) => {
            note(requestText(line));
          },
        }
      : {}),
  };
}

function requestText({ method, target, status, seconds }: RequestLine): string {
  return printable(`${method} ${target} ${status} ${Math.round(seconds * 1000)} ms`);
}
