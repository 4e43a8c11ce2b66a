/** Makes calls of an asynchronous function wait for each other; one that fails does not stop the next. */
export function inTurn<Args extends unknown[], Result>(
  task: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (...args) => {
    const run = (): Promise<Result> => task(...args);
    const result = last.then(run, run);
    last = result;
    return result;
  };
}
