/**
 * The mails that carry no code and warn of wrong ones. `locked`: the user's right code is refused for a time. `wrongCodes`: a
 * challenge has ended by wrong codes.
 */
export const NOTICE_KINDS = ['locked', 'wrongCodes'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];
