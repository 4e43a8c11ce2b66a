import { afterEach, beforeEach } from '@jest/globals';

import { startTestServer, type HttpAnswer, type TestServer } from './http-server.js';

/** What a made-up AWS answers; tests change it. */
export interface FakeAws {
  /** By action (`GetCallerIdentity`, `DescribeImages`, …) or `GET /bucket/key`; anything else is refused. */
  answers: Record<string, HttpAnswer>;
  /** What was asked: the action with its other parameters, or `GET /bucket/key`. */
  asked: string[];
}

/** A made-up AWS for each test of a file: the SDK's clients find it by `AWS_ENDPOINT_URL`. */
export function useFakeAws(): FakeAws {
  const aws: FakeAws = { answers: {}, asked: [] };
  let server: TestServer;
  beforeEach(async () => {
    [aws.answers, aws.asked] = [{}, []];
    server = await startTestServer(({ method, url, body }) => {
      const action = new URLSearchParams(body).get('Action') ?? `${method} ${url.pathname}`;
      aws.asked.push(body === '' ? action : body);
      return aws.answers[action] ?? refusal('AccessDenied', `no ${action}`);
    });
    process.env['AWS_ENDPOINT_URL'] = server.origin;
  });
  afterEach(async () => {
    delete process.env['AWS_ENDPOINT_URL'];
    await server.close();
  });
  return aws;
}

/** The answer of `sts:GetCallerIdentity` (AWS Security Token Service API Reference). */
export function identity(account: string, user: string): HttpAnswer {
  const arn = `arn:aws:iam::${account}:user/${user}`;
  const fields = `<Arn>${arn}</Arn><UserId>AIDAEXAMPLE</UserId><Account>${account}</Account>`;
  const result = `<GetCallerIdentityResult>${fields}</GetCallerIdentityResult>`;
  return { status: 200, body: `<GetCallerIdentityResponse>${result}</GetCallerIdentityResponse>` };
}

/** The answer of `ec2:DescribeImages` (Amazon EC2 API Reference). */
export function images(...ids: string[]): HttpAnswer {
  const items = ids.map((id) => `<item><imageId>${id}</imageId></item>`).join('');
  return {
    status: 200,
    body: `<DescribeImagesResponse><imagesSet>${items}</imagesSet></DescribeImagesResponse>`,
  };
}

/** An error as the query protocol and S3 have them, in the form that both read. */
export function refusal(code: string, message: string, status = 403): HttpAnswer {
  const error = `<Code>${code}</Code><Message>${message}</Message>`;
  return { status, body: `<ErrorResponse><Error>${error}</Error>${error}</ErrorResponse>` };
}
