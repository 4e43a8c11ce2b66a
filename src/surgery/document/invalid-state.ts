/** What is wrong with a state's document; becomes a `FailedError` where the document's name is known. */
export class InvalidState extends Error {
  constructor(
    why: string,
    readonly hint = 'restore the last good version of it',
  ) {
    super(why);
  }
}
