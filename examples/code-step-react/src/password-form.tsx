/** Asks for the password, or for a new one where Cognito wants that. */
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Heading } from './heading.tsx';
import { giveNewPassword, givePassword, type Screen } from './sign-in.ts';

interface Props {
  readonly screen: Extract<Screen, { kind: 'password' | 'newPassword' }>;
  readonly onNext: (screen: Screen) => void;
}

export const PasswordForm = ({ screen: { kind, username, notice }, onNext }: Props) => {
  const [isBusy, setBusy] = useState(false);
  const isNew = kind === 'newPassword';
  const address = useRef<HTMLInputElement>(null);
  const secret = useRef<HTMLInputElement>(null);
  useEffect(() => (username === '' ? address : secret).current?.focus(), [username]);

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy) return;
    const fields = new FormData(event.currentTarget);
    const given = String(fields.get('username')).trim();
    const password = String(fields.get('password'));
    setBusy(true);
    const next = await (isNew ? giveNewPassword(given, password) : givePassword(given, password));
    setBusy(false);
    onNext(next);
  };
  return (
    <>
      <Heading notice={notice}>{isNew ? 'Choose a password' : 'Sign in'}</Heading>
      <form onSubmit={(event) => void onSubmit(event)}>
        <label>
          Email address
          <input
            name="username"
            type="email"
            autoComplete="username"
            defaultValue={username}
            readOnly={isNew}
            ref={address}
            required
          />
        </label>
        <label>
          {isNew ? 'New password' : 'Password'}
          <input
            name="password"
            type="password"
            autoComplete={isNew ? 'new-password' : 'current-password'}
            aria-describedby="notice"
            ref={secret}
            required
          />
        </label>
        <button type="submit" aria-disabled={isBusy}>
          {isNew ? 'Save and continue' : 'Sign in'}
        </button>
      </form>
    </>
  );
};
