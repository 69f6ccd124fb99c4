/** The service that a function of the template runs: `VerifyAuthChallengeLambdaFunction` is `verify-auth-challenge`. */
export const serviceOf = (functionName: string): string =>
  functionName
    .replace(/LambdaFunction$/, '')
    .replace(/(?<!^)[A-Z]/g, '-$&')
    .toLowerCase();
