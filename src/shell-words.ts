/** Characters that no POSIX shell treats specially, wherever they stand in a word. */
const PLAIN = /^[\w@%+=:,./-]+$/;

/** Words as one line that can be pasted into a POSIX shell (bash, zsh): quoted where they must be, and only there. */
export function shellLine(words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}

function shellWord(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
