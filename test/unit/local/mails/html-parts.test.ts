import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readHtml, shownLines, stylesOf, tagsIn } from '../../../../local/mails/html-parts.ts';
import { html } from '../../../../shared/mail/html.ts';

test('tags are read with their attributes, whose values are decoded', () => {
  const [link] = tagsIn(
    '<p>x</p><a HREF="https://example.com/?a=1&amp;b=2" hidden title="&quot;">y</a>',
    'a',
  );

  expect(link?.attributes).toEqual({ href: 'https://example.com/?a=1&b=2', hidden: '', title: '"' });
});

test('declarations are read one by one, a colon in a value too', () => {
  const [tag] = tagsIn('<td style="color: #fff; background:url(https://example.com);;padding:0">');

  expect(tag && stylesOf(tag)).toEqual([
    ['color', '#fff'],
    ['background', 'url(https://example.com)'],
    ['padding', '0'],
  ]);
});

test.each([
  ['<b>one</b> <i>two</i><br>three', ['one two', 'three']],
  ['<head><title>no</title></head><style>no</style><p>yes</p><script>no</script>', ['yes']],
  ['<div style="display: none">no <b>neither</b></div>after', ['after']],
  ['<!-- no --><p>&#1234;&#x41;&nbsp;&lt;b&gt;</p>', ['\u04d2A <b>']],
  ['<img src="x" alt="Shop"><p></p>', ['Shop']],
  ['<div style="display:none"><br><img alt="no"></div><p>yes</p>', ['yes']],
])('of %s is shown what a reader sees', (source, lines) => {
  expect(shownLines(source)).toEqual(lines);
});

test('an end without a beginning hides nothing', () => {
  expect(shownLines('</div><p>yes</p>')).toEqual(['yes']);
});

test('what the mail has escaped is read as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
      const written = html`<p title="${text}">${text}</p>`.html;

      const [start, shown] = readHtml(written);

      expect(start).toMatchObject({ kind: 'start', attributes: { title: text } });
      expect(shown).toMatchObject({ kind: 'text', text });
    }),
  );
});
