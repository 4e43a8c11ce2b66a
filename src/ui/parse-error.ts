import { stripVTControlCharacters } from 'node:util';

import { nearest } from '../nearest.js';

/** An error of oclif about the command line, in this tool's words. */
export interface ParseFailure {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

const SEE_HELP = 'add --help to see how the command is used';

/**
 * Describes an error that oclif threw while reading a command line: what is wrong with which flag or argument, and the
 * flag that was probably meant.
 *
 * @param knownFlags the command's flags, without dashes
 */
export function describeParseError(error: Error, knownFlags: readonly string[]): ParseFailure {
  const flags = stringsIn(error, 'flags');
  if (flags.length > 0) return unknownFlags(flags, knownFlags);
  return { code: 'Usage', message: inOurWords(error.message), hint: SEE_HELP };
}

function unknownFlags(given: readonly string[], known: readonly string[]): ParseFailure {
  // What follows "=" is a value, and may be a secret.
  const names = given.map((flag) => flag.replace(/=.*/s, ''));
  const long = known.filter((flag) => flag.length > 1).map((flag) => `--${flag}`);
  const likely = names.flatMap((name) => nearest(name, long, 1));
  return {
    code: 'UnknownFlag',
    message: `unknown flag ${names.join(', ')}`,
    hint: likely.length === 0 ? SEE_HELP : `did you mean ${[...new Set(likely)].join(', ')}?`,
  };
}

/** oclif's sentence without its colours, its pointer to --help and its bullet list. */
function inOurWords(message: string): string {
  const [text = ''] = stripVTControlCharacters(message).split('\nSee more help with --help');
  const lines = text
    .split('\n')
    .map(tidy)
    .filter((line) => line !== '');
  const [first = '', ...rest] = lines;
  if (/^the following errors? occurred:$/.test(first)) return rest.join('; ');
  return rest.length === 0 ? first : `${first.replace(/:$/, '')}: ${rest.join('; ')}`;
}

/** One line of it: columns told apart by a colon, lower case first, flags with their dashes. */
function tidy(line: string): string {
  return line
    .trim()
    .replaceAll(/\s{2,}/g, ': ')
    .replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())
    .replace(/^parsing (?=--)/, '')
    .replace(/\.$/, '')
    .replace(/(?<=^missing required flag )(?=\w)/, '--');
}

function stringsIn(error: Error, property: string): string[] {
  const value: unknown = Object.getOwnPropertyDescriptor(error, property)?.value;
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
