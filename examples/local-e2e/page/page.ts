// Signs in with Amplify: the password first, then the code from the mail.
import { Amplify } from 'aws-amplify';
import { confirmSignIn, fetchAuthSession, type SignInOutput, signIn } from 'aws-amplify/auth';

// Put in by serve.ts. For a deployed pool it has no userPoolEndpoint.
declare const POOL: {
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  readonly userPoolEndpoint?: string;
};

Amplify.configure({ Auth: { Cognito: POOL } });

const part = <Kind extends HTMLElement>(id: string) => document.getElementById(id) as Kind;
const [message, passwordStep, codeStep] = [
  part('message'),
  part<HTMLFormElement>('password-step'),
  part<HTMLFormElement>('code-step'),
];

const say = (text: string) => {
  message.textContent = text;
};

/** What the challenge tells is in docs/client.md. */
const describe = ({ challenge, destination, attemptsLeft }: Record<string, string>): string => {
  if (challenge === 'SAME') return `That was not the code. Tries left: ${attemptsLeft}`;
  if (challenge === 'REPLACED')
    return `That code does not work any more. A new one is on its way to ${destination}`;
  return `A code is on its way to ${destination}`;
};

const goOn = async ({ nextStep }: SignInOutput): Promise<void> => {
  codeStep.reset();
  const asksForCode = nextStep.signInStep === 'CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE';
  codeStep.hidden = !asksForCode;
  passwordStep.hidden = true;
  if (asksForCode) return say(describe(nextStep.additionalInfo ?? {}));
  const { tokens } = await fetchAuthSession();
  say(`Signed in as ${tokens?.idToken?.payload.email}`);
};

/** Runs a step when its form is sent. An error ends the sign-in, which begins anew. */
const onSubmit = (form: HTMLFormElement, step: (values: FormData) => Promise<SignInOutput>) => {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    step(new FormData(form))
      .then(goOn)
      .catch((error: Error) => {
        codeStep.hidden = true;
        passwordStep.hidden = false;
        say(error.message);
      });
  });
};

onSubmit(passwordStep, (values) =>
  signIn({
    username: String(values.get('email')),
    password: String(values.get('password')),
    options: { authFlowType: 'CUSTOM_WITH_SRP' },
  }),
);
onSubmit(codeStep, (values) => confirmSignIn({ challengeResponse: String(values.get('code')) }));
