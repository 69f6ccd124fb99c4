import { defineBackend } from '@aws-amplify/backend';
import { auth } from './auth/resource.ts';
import { addEmailOtp } from './email-otp.ts';

const backend = defineBackend({ auth });

addEmailOtp(backend.auth, 'otp@example.com');
