import { expect, test } from 'vitest';
import { openStorage } from '../../../../web/kit/storage.ts';

test('a browser that blocks site data has no storage, whether it throws or has none', () => {
  const blocked = () => {
    throw new DOMException('Access is denied for this document.', 'SecurityError');
  };

  expect(openStorage(blocked)).toBeUndefined();
  expect(openStorage(() => null)).toBeUndefined();
});
