import { relative } from 'node:path';

import type { ChalkInstance } from 'chalk';

import type { Demo, DemoAccount } from '../sandbox/demo.js';
import { layOut } from './columns.js';

export interface DemoReportOptions {
  /** The program's name, when it is on `PATH`. */
  readonly bin: string;
  /** The folder of tfrepair itself. */
  readonly root: string;
  readonly cwd: string;
  readonly colour: ChalkInstance;
  readonly width: number;
}

/** The demo as a story: what was done, what came out of it, and what to try next. */
export function renderDemo(demo: Demo, { bin, root, cwd, colour, width }: DemoReportOptions): string {
  const { datafiles, sha256, accounts } = demo;
  // In a clone, nothing is on PATH.
  const command = cwd === root ? 'node bin/run.js' : bin;
  const appInterface = cwd === root ? relative(root, demo.appInterface) : demo.appInterface;
  return [
    colour.bold('Example Ferries: an app-interface that comes with tfrepair'),
    '',
    `1. Its ${datafiles} files are bundled and served over GraphQL, on this machine.`,
    `${INDENT}bundle ${sha256.slice(0, 12)}`,
    '',
    `2. The server is asked for the AWS accounts. There are ${accounts.length}:`,
    ...accounts.flatMap((account) => ['', ...accountLines(account, colour, width)]),
    '',
    '3. The server is stopped. Now it is your turn:',
    '',
    `${INDENT}export TFREPAIR_APP_INTERFACE=${appInterface}`,
    `${INDENT}${command} server`,
    `${INDENT}${command} owner aws_sqs_queue.booking-receipts --account ferries-prod`,
  ].join('\n');
}

const INDENT = '   ';

function accountLines(account: DemoAccount, colour: ChalkInstance, width: number): string[] {
  const { name, uid, regions, state } = account;
  const rows = [
    ['account id', uid],
    ['regions', regions.join(', ')],
    ['state', state === null ? 'not in app-interface' : `s3://${state.bucket}/${state.key}`],
    ['resources', resourcesText(account)],
  ];
  const lines = layOut(rows, width - INDENT.length).flat();
  return [`${INDENT}${colour.cyan(name)}`, ...lines.map((line) => `${INDENT}${line}`)];
}

function resourcesText({ namespaces, resources }: DemoAccount): string {
  if (resources.length === 0) return 'none';
  const total = resources.reduce((sum, { count }) => sum + count, 0);
  const providers = resources.map(({ provider, count }) =>
    count === 1 ? provider : `${count} × ${provider}`,
  );
  return `${total} in ${namespaces} namespaces: ${providers.join(', ')}`;
}
