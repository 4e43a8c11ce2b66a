import { FailedError } from '../../errors.js';

/** An entry of an allowed-signers file. */
export interface AllowedSigner {
  /** Its line, from 1. */
  readonly line: number;
  /** As it stands there, for ssh-keygen. */
  readonly text: string;
  /** Comma-separated names or patterns of names. */
  readonly principals: string;
  /** It is the key of an authority, which signs certificates and nothing else. */
  readonly isAuthority: boolean;
  /** In its binary form. */
  readonly key: Buffer;
}

const PRINCIPALS = String.raw`(?:"(?<quoted>[^"]+)"|(?<plain>[^\s"]+))`;
const OPTIONS = String.raw`(?<options>(?:[^\s"]|"[^"]*")+)`;
const KEY = String.raw`(?:ssh|ecdsa|sk)-[\w@.-]+[ \t]+(?<key>[\w+/]+={0,2})`;
const ENTRY = new RegExp(String.raw`^[ \t]*${PRINCIPALS}[ \t]+(?:${OPTIONS}[ \t]+)?${KEY}(?:[ \t].*)?$`);

/**
 * Reads an allowed-signers file. What ssh-keygen would pass over without a word is an error here.
 *
 * @param source what the file is called
 * @throws FailedError `AllowedSignersInvalid`
 * @see ssh-keygen(1), ALLOWED SIGNERS
 */
export function parseAllowedSigners(text: string, source: string): AllowedSigner[] {
  return text
    .split(/\r?\n/)
    .map((content, index) => ({ content, line: index + 1 }))
    .filter(({ content }) => !/^[ \t]*(?:#|$)/.test(content))
    .map(({ content, line }) => entryOf(content, line, source));
}

function entryOf(text: string, line: number, source: string): AllowedSigner {
  const { quoted, plain, options = '', key } = ENTRY.exec(text)?.groups ?? {};
  const principals = quoted ?? plain;
  if (principals === undefined || key === undefined || text.includes('\0')) {
    throw invalidSigners(source, line, 'is no entry of an allowed-signers file');
  }
  const isAuthority = /(?:^|,)cert-authority(?:,|$)/i.test(options);
  return { line, text, principals, isAuthority, key: Buffer.from(key, 'base64') };
}

/**
 * The names under which entries accept a key.
 *
 * @throws FailedError `AllowedSignersInvalid` when one does so for a pattern: the key of everybody is nobody's
 */
export function namesIn(entries: readonly AllowedSigner[], source: string): string[] {
  const names = entries.flatMap(({ principals, line }) =>
    principals.split(',').map((name) => {
      if (/^[^*?!\p{C}\p{Z}]{1,256}$/u.test(name)) return name;
      throw invalidSigners(
        source,
        line,
        'accepts the key for a pattern of names, which says not whose it is',
      );
    }),
  );
  return [...new Set(names)];
}

function invalidSigners(source: string, line: number, why: string): FailedError {
  return new FailedError('AllowedSignersInvalid', `line ${line} of ${source} ${why}`, {
    hint: 'write each entry as: NAME[,NAME] [OPTIONS] KEYTYPE KEY',
  });
}
