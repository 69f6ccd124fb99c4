/** Shows whose page it is. */
import { isColor } from '../../../shared/mail/check/contrast.ts';
import { byId, h, setText } from '../../kit/element.ts';
import type { PageBrand } from '../pool-config.ts';
import { accentProperties } from './accent.ts';

/** As in the mail. */
const LOGO_WIDTH = 120;

/** An address that somebody may follow; undefined if it is none. */
const webAddress = (text: string | undefined): string | undefined =>
  text !== undefined && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : undefined;

const logo = ({ name, logoUrl, logoWidth = LOGO_WIDTH }: PageBrand): HTMLElement | string => {
  if (logoUrl === undefined) return name;
  const image = h('img', { src: logoUrl, alt: name, width: logoWidth });
  // An image that does not come leaves the name.
  image.addEventListener('error', () => image.replaceWith(name));
  return image;
};

const showSupport = (address: string | undefined): void => {
  if (address === undefined) return;
  for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-support]')) {
    link.href = address;
    link.hidden = false;
  }
  for (const text of document.querySelectorAll<HTMLElement>('[data-no-support]')) text.hidden = true;
};

export const showBrand = (brand: PageBrand | undefined): void => {
  if (brand === undefined) return;
  byId('brand').replaceChildren(logo(brand));
  byId('brand').hidden = false;
  setText(byId('footer-text'), brand.footer ?? '');
  showSupport(webAddress(brand.supportUrl));
  if (brand.accentColor !== undefined && isColor(brand.accentColor)) {
    for (const [name, value] of Object.entries(accentProperties(brand.accentColor)))
      document.documentElement.style.setProperty(name, value);
  }
};
