import type { ExpectedAction } from './finding.js';

/** After an import: what was taken over may be as the configuration wants it, which nobody knows before. */
export function expectImported(address: string): ExpectedAction {
  return { address, action: 'update', orNothing: true };
}

/** What the next plan does, around the address. */
export interface ExpectedWords {
  /** e.g. `update` */
  readonly before: string;
  /** e.g. `, or nothing if it is as the config wants it`; often empty. */
  readonly after: string;
}

/** One wording for whoever tells people what the next plan does. */
export function expectedWords({ action, orNothing }: Omit<ExpectedAction, 'address'>): ExpectedWords {
  const before = action === 'noop' ? 'no change to' : action;
  if (orNothing === undefined) return { before, after: '' };
  switch (action) {
    case 'update':
      return { before, after: ', or nothing if it is as the config wants it' };
    case 'delete':
      return { before, after: ', unless the config wants it' };
    default:
      return { before, after: ', if the config wants it' };
  }
}

/** As a line, e.g. `create aws_sqs_queue.orders`. */
export function expectedText(expected: ExpectedAction, show: (address: string) => string): string {
  const { before, after } = expectedWords(expected);
  return `${before} ${show(expected.address)}${after}`;
}
