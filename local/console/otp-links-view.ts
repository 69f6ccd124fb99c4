/** Which `EmailOtp` a page is about, where the local system runs several: `?otp=<id>` in its address, and links to the others. */
import { h } from '../../web/kit/element.ts';
import { askLocal } from './ask-local.ts';

const OTP = 'otp';

const chosen = new URLSearchParams(location.search).get(OTP);

/** For the queries of the local system's own interface. */
export const chosenOtp: { readonly otp?: string } = chosen === null ? {} : { otp: chosen };

/** The address of a page of this server, about the same `EmailOtp`. */
export const withOtp = (path: string): string => {
  if (chosen === null) return path;
  return `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams({ [OTP]: chosen })}`;
};

const link = (path: string, text: string, current: boolean): HTMLElement =>
  h('a', { href: path, ...(current && { 'aria-current': 'page' }) }, text);

/** Adds links to the page about each of them, and to the page where one signs in to its pool. With one there is nothing to choose. */
export const showOtpLinks = async (page: string): Promise<void> => {
  const otps = await askLocal('otps.json');
  if (otps.length < 2) return;
  const rows = otps.map(({ id }) => {
    const query = new URLSearchParams({ [OTP]: id });
    const isShown = id === (chosen ?? otps[0]?.id);
    return h('li', {}, link(`${page}?${query}`, id, isShown), ' – ', link(`/?${query}`, 'sign in', false));
  });
  document.querySelector('.page-head')?.append(h('ul', { class: 'small' }, ...rows));
};
