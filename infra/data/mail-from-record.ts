/** What makes the MAIL FROM domain known. */

/** A record of the MAIL FROM domain, to publish in the DNS. */
export interface MailFromRecord {
  /** The domain. */
  readonly name: string;
  readonly type: 'MX' | 'TXT';
  /** As a zone file has it: an MX with its priority, a TXT in quotes. */
  readonly value: string;
}
