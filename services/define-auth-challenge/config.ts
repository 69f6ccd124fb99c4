import { limitsOf } from '../../shared/lambda/config.ts';

export const envSchema = limitsOf('define-auth-challenge');
