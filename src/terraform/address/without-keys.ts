/** `module.a.aws_sqs_queue.q` of `module.a["x"].aws_sqs_queue.q[0]`: the resource that an instance belongs to. */
export function withoutKeys(address: string): string {
  return address.replaceAll(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, '');
}
