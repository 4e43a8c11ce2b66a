/** @see https://docs.getmoto.org/en/latest/docs/configuration/environment_variables.html */
export const MOTO_SETTINGS: Readonly<Record<string, string>> = {
  // The policies of AWS itself (`arn:aws:iam::aws:policy/…`), which roles and service accounts attach.
  MOTO_IAM_LOAD_MANAGED_POLICIES: 'true',
  // Hundreds of machine images of others, which take a second to load.
  MOTO_EC2_LOAD_DEFAULT_AMIS: 'false',
};
