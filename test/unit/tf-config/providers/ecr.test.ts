import { expect, test } from '@jest/globals';

import { renderOne } from '../../../support/render-one.js';

test.each([
  [true, 'aws_ecrpublic_repository', 'repository_uri'],
  [false, 'aws_ecr_repository', 'repository_url'],
  [null, 'aws_ecr_repository', 'repository_url'],
])('with public: %j the repository is an %s and its address the %s', (isPublic, type, attribute) => {
  const { resources, outputs } = renderOne(
    { provider: 'ecr', identifier: 'images', region: 'eu-west-1', public: isPublic },
    { account: { supportedDeploymentRegions: ['eu-west-1'] } },
  );
  expect(outputs).toHaveProperty('images-ecr__url.value', `\${${type}.images.${attribute}}`);
  expect(resources).toHaveProperty(`${type}.images.provider`, 'aws.eu-west-1');
  expect(resources).toHaveProperty('aws_iam_user.images.depends_on', [`${type}.images`]);
});
