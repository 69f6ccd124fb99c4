/** The title of a screen, and what happened last. The fields are described by the notice, so it is read out with them. */
import type { Notice } from 'cognito-email-otp/client/words';
import type { ReactNode } from 'react';

interface Props {
  readonly notice: Notice;
  readonly children: ReactNode;
}

export const Heading = ({ notice: { tone, text }, children }: Props) => (
  <>
    <h1>{children}</h1>
    <p id="notice" role="status" className={`notice ${tone}`}>
      {text}
    </p>
  </>
);
