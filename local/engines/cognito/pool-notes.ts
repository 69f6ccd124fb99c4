/** What a template asks of a user pool that the local one leaves out, and that a page finds out only when it calls it. */
import type { JsonObject } from '../../ground/service.ts';
import { isTrue, record } from './properties.ts';

/** Returns a sentence for each, without its subject. Nothing of it changes a sign-in with password and code. */
export const leftOutOfPool = ({ AdminCreateUserConfig, UserPoolAddOns }: JsonObject): readonly string[] => {
  const { AllowAdminCreateUserOnly = true, InviteMessageTemplate } = record(AdminCreateUserConfig);
  const { AdvancedSecurityMode = 'OFF' } = record(UserPoolAddOns);
  return [
    ...(isTrue(AllowAdminCreateUserOnly)
      ? []
      : [
          'lets people sign up (AllowAdminCreateUserOnly is false), which is refused here: SignUp and its confirmation are not ' +
            'played. Create users with --users or AdminCreateUser',
        ]),
    ...(AdvancedSecurityMode === 'OFF'
      ? []
      : [
          `has threat protection (AdvancedSecurityMode ${AdvancedSecurityMode}), which is not played: no sign-in is blocked for its risk here`,
        ]),
    ...(InviteMessageTemplate === undefined
      ? []
      : ['has invitations of its own (InviteMessageTemplate), which are not mailed here']),
  ];
};
