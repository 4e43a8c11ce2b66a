/** Loads the clients that every account needs, to be called while an answer is waited for anyway. */
export function preloadClients(): void {
  // Should one fail to load, whoever needs it says so.
  void Promise.allSettled([import('@aws-sdk/client-sts'), import('@aws-sdk/client-s3')]);
}
