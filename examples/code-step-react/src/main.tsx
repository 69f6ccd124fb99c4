import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { configure, firstScreen } from './sign-in.ts';
import './style.css';

await configure();
const first = await firstScreen();
createRoot(document.getElementById('app') as HTMLElement).render(
  <StrictMode>
    <App first={first} />
  </StrictMode>,
);
