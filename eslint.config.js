import tseslint from 'typescript-eslint';

/** Import bans that hold the arrows of docs/architecture.md: what a folder must not reach for. */
function forbid(files, patterns) {
  return { files, rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] } };
}

const sideEffects = {
  group: ['execa', 'node:child_process', 'node:http', 'node:https', 'node:net', 'node:fs', 'node:fs/*'],
  message: 'A command parses flags, makes one call into src/ and renders; side effects live in src/.',
};
const userInterface = { group: ['**/ui/*', '**/ui'], message: 'Only commands/ and src/ui/ talk to people.' };

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'test/fixtures/'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines': ['error', { max: 250 }],
      'max-lines-per-function': ['error', { max: 60 }],
      complexity: ['error', { max: 15 }],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.object.name='process'][callee.property.name='exit']",
          message: 'Set process.exitCode; only the entry point ends the process.',
        },
      ],
      // Index signatures are how JSON documents are typed here, and tsconfig's noPropertyAccessFromIndexSignature
      // asks for the bracket form.
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', caughtErrors: 'none' }],
    },
  },
  { files: ['commands/**/*.ts'], rules: { 'max-lines-per-function': ['error', { max: 25 }] } },
  forbid(['commands/**/*.ts'], [sideEffects]),
  forbid(['src/**/*.ts'], [userInterface]),
  { files: ['src/ui/**/*.ts', 'src/main.ts'], rules: { '@typescript-eslint/no-restricted-imports': 'off' } },
  {
    files: ['test/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: [] }],
    },
  },
  {
    files: ['**/*.js'],
    extends: [tseslint.configs.strict],
    rules: { eqeqeq: 'error' },
  },
);
