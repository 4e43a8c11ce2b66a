import { describe, expect, test } from '@jest/globals';

import type { JsonObject } from '../../../../src/json.js';
import type { Answer } from '../../../../src/tf-config/model/need.js';
import { renderOne, type Rendered, type World } from '../../../support/render-one.js';

const secret = { path: 'apps/shop', field: 'all', version: null, format: null };
const offline = { known: false, why: 'offline' } as const;

function having(whole: JsonObject): Pick<World, 'answer'> {
  return { answer: (): Answer => ({ known: true, value: whole }) };
}

describe('secrets-manager', () => {
  const copy = (world: World): Rendered =>
    renderOne({ provider: 'secrets-manager', identifier: 'copy', secret }, world);
  const secretString = ({ resources }: Rendered): unknown =>
    (resources['aws_secretsmanager_secret_version'] as { copy: JsonObject }).copy['secret_string'];

  test('the secret is one sensitive variable, its JSON sorted by key', () => {
    const rendered = copy({ ...having({ b: 'é', a: { z: 1, n: null } }), plainSecrets: false });
    expect(secretString(rendered)).toBe('${var.copy_secrets_manager__secret_string}');
    expect(rendered.variables).toEqual([
      {
        name: 'copy_secrets_manager__secret_string',
        sensitive: true,
        value: '{"a": {"n": null, "z": 1}, "b": "\\u00e9"}',
      },
    ]);
  });

  test('a secret out of reach is a sensitive placeholder, and listed', () => {
    const rendered = copy({ answer: () => offline });
    expect(secretString(rendered)).toBe('${var.copy_secrets_manager__secret_string}');
    expect(rendered.variables).toMatchObject([{ sensitive: true, value: undefined }]);
    expect(rendered.unknowns).toEqual([
      { what: 'secret_string', why: 'offline', instead: 'placeholder variable' },
    ]);
  });
});

describe('acm', () => {
  const imported = (world: World): Rendered =>
    renderOne({ provider: 'acm', identifier: 'tls', secret }, world);

  test('with variables, no part of the certificate is in the config, and its outputs are sensitive', () => {
    const whole = { key: 'KEY', certificate: 'CERT', caCertificate: 'CHAIN' };
    const { resources, outputs } = imported({ ...having(whole), plainSecrets: false });
    expect(JSON.stringify([resources, outputs])).not.toMatch(/KEY|CERT|CHAIN/);
    for (const name of ['key', 'certificate', 'caCertificate']) {
      expect(outputs[`tls-acm__${name}`]).toEqual({ value: `\${var.tls_acm__${name}}`, sensitive: true });
    }
  });

  test("written plainly, the key's output is not marked sensitive: so does the reconcile loop", () => {
    const { resources, outputs } = imported(having({ key: 'KEY', certificate: 'CERT' }));
    expect(outputs['tls-acm__key']).toEqual({ value: 'KEY' });
    expect(resources).not.toHaveProperty('aws_acm_certificate.tls.certificate_chain');
    expect(outputs).not.toHaveProperty('tls-acm__caCertificate');
  });

  test('a secret out of reach is what the outputs of the state say', () => {
    const outputs = { 'tls-acm__key': 'K', 'tls-acm__certificate': 'C', 'tls-acm__caCertificate': 'A' };
    const { resources, unknowns } = imported({ answer: () => offline, outputs });
    expect(resources).toMatchObject({
      aws_acm_certificate: { tls: { private_key: 'K', certificate_body: 'C', certificate_chain: 'A' } },
    });
    expect(unknowns.map(({ what, instead }) => `${what}: ${instead}`)).toEqual([
      'key: value of the state',
      'certificate: value of the state',
      'caCertificate: value of the state',
    ]);
  });

  test.each([
    [{ certificate: 'C' }, 'the secret apps/shop has no key "key"'],
    [{ key: null, certificate: 'C' }, 'the secret apps/shop has no key "key"'],
    [{ key: 'K' }, 'the secret apps/shop has no key "certificate"'],
    [{ key: 'K', certificate: { a: 1 } }, 'the key "certificate" of the secret apps/shop is not text'],
  ])('%j is refused', (whole, message) => {
    expect(() => imported(having(whole))).toThrow(message);
  });

  test('neither secret nor domain is rendered and warned of', () => {
    const { resources, warnings } = renderOne({ provider: 'acm', identifier: 'tls' });
    expect(resources).toEqual({ aws_acm_certificate: { tls: {} } });
    expect(warnings).toEqual(['it has neither a secret nor a domain: AWS will refuse the certificate']);
  });
});

describe('s3-cloudfront-public-key', () => {
  const key = (world: World): Rendered =>
    renderOne({ provider: 's3-cloudfront-public-key', identifier: 'sign', secret }, world);

  test('the key is written as it is: it is public', () => {
    const { resources, outputs } = key({ ...having({ cloudfront_public_key: 'PUB' }), plainSecrets: false });
    expect(resources).toMatchObject({ aws_cloudfront_public_key: { sign: { encoded_key: 'PUB' } } });
    expect(outputs).toMatchObject({
      'sign-s3-cloudfront-public-key__key': { value: 'PUB' },
      'sign-s3-cloudfront-public-key_etag': { value: '${aws_cloudfront_public_key.sign.etag}' },
    });
  });

  test('out of reach it is the output "key" of the state', () => {
    const outputs = { 'sign-s3-cloudfront-public-key__key': 'OLD' };
    const { resources } = key({ answer: () => offline, outputs });
    expect(resources).toMatchObject({ aws_cloudfront_public_key: { sign: { encoded_key: 'OLD' } } });
  });

  test('without a secret is refused', () => {
    expect(() => renderOne({ provider: 's3-cloudfront-public-key', identifier: 'sign' })).toThrow('secret: ');
  });
});
