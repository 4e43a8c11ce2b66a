/**
 * A text as a sentence: findings and errors are written without a capital and a full stop. Only a plain word is given a
 * capital: addresses, flags and names are not.
 */
export function sentence(text: string): string {
  const capital = /^[a-z]+(?=[\s,:;]|$)/.test(text) ? text.slice(0, 1).toUpperCase() + text.slice(1) : text;
  return /[.!?…]$/.test(capital) ? capital : `${capital}.`;
}
