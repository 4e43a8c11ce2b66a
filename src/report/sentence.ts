/** A text as a sentence: findings and errors are written without a capital and a full stop. */
export function sentence(text: string): string {
  const capital = text.slice(0, 1).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(text) ? capital : `${capital}.`;
}
