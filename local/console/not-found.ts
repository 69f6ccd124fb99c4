/** The page for paths that nothing is served at. Its links are absolute, because it can be at any depth. */
import type { PageBundle, WebPage } from '../../web/build/bundle.ts';

export const notFoundPage = (pages: readonly WebPage[], { assets }: PageBundle): string => {
  const asset = (pattern: RegExp) => [...assets.keys()].find((path) => pattern.test(path));
  const listed = pages.filter(({ isAlone }) => isAlone !== true);
  const links = listed.map(({ path, title }) => `<li><a href="/${path}">${title}</a></li>`).join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Not found · Email OTP</title>
<link rel="icon" href="/${asset(/\/favicon-.*\.svg$/)}" type="image/svg+xml">
<link rel="stylesheet" href="/${asset(/\/style-.*\.css$/)}">
</head>
<body>
<main id="main">
<h1>There is no such page</h1>
<p>The local system has these:</p>
<ul>${links}</ul>
</main>
</body>
</html>
`;
};
