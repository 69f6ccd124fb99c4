/** The address as it may be shown and stored: enough to recognise one's own mailbox, not enough to learn it. */

const maskPart = (part: string): string => `${Array.from(part)[0] ?? ''}***`;

/** `alice@mail.example.com` → `a***@m***.com`. One-letter names are masked too; what is no address is all stars. */
export const maskAddress = (address: string): string => {
  const at = address.lastIndexOf('@');
  if (at < 1) return '***';
  const domain = address.slice(at + 1);
  const dot = domain.lastIndexOf('.');
  const local = Array.from(address.slice(0, at));
  const shownLocal = local.length > 1 ? maskPart(address.slice(0, at)) : '***';
  return `${shownLocal}@${maskPart(domain.slice(0, Math.max(dot, 0)))}${dot < 0 ? '' : domain.slice(dot)}`;
};
