// What the app had before: it puts the tenant into both tokens. EmailOtp needs no change of it.
export const handler = async (event) => ({
  ...event,
  response: {
    claimsAndScopeOverrideDetails: {
      idTokenGeneration: { claimsToAddOrOverride: { tenant: 'shop' } },
      accessTokenGeneration: { claimsToAddOrOverride: { tenant: 'shop' }, scopesToAdd: ['orders/read'] },
    },
  },
});
