/** The app of cdk.json: builds the functions and synthesizes the stack, as in `cdk synth -c emailSender=otp@example.com`. */
import { App } from 'aws-cdk-lib';
import { readSettings, SettingsError } from '../infra/settings/settings.ts';
import { EmailOtpStack } from '../infra/stack.ts';
import { buildFunctions } from './package/functions.ts';

await buildFunctions();
const app = new App();
try {
  new EmailOtpStack(app, 'EmailOtp', readSettings(app.node.getAllContext()));
} catch (error) {
  // The operator has to correct a wrong setting; a stack trace would only hide the message.
  if (!(error instanceof SettingsError)) throw error;
  console.error(error.message);
  process.exit(1);
}
