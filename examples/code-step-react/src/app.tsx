/** Shows one screen of the sign-in after the other. */
import type { BackToPassword, SignedIn } from 'cognito-email-otp/client';
import { useCallback, useState } from 'react';
import { CodeForm } from './code-form.tsx';
import { Heading } from './heading.tsx';
import { PasswordForm } from './password-form.tsx';
import { forgetStep } from './saved-step.ts';
import { afterStep, leave, type Screen, WELCOME } from './sign-in.ts';

export const App = ({ first }: { readonly first: Screen }) => {
  const [screen, setScreen] = useState(first);
  const onEnd = useCallback(
    (end: BackToPassword | SignedIn, now: number) => void afterStep(end, now).then(setScreen),
    [],
  );
  const onStartOver = () => {
    forgetStep();
    setScreen(WELCOME);
  };

  switch (screen.kind) {
    case 'password':
    case 'newPassword':
      return <PasswordForm key={screen.kind} screen={screen} onNext={setScreen} />;
    case 'code':
      return <CodeForm step={screen.step} onEnd={onEnd} onStartOver={onStartOver} />;
    case 'signedIn':
      return (
        <>
          <Heading notice={{ tone: 'good', text: `You are signed in as ${screen.name}.` }}>Welcome</Heading>
          <button type="button" onClick={() => void leave().then(setScreen)}>
            Sign out
          </button>
        </>
      );
  }
};
