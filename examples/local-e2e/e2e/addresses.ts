// Where the local system and the web page are. Both ports can be changed, for a machine on which they are taken.
export const LOCAL_PORT = process.env.LOCAL_PORT ?? '4566';
export const WEB_PORT = process.env.WEB_PORT ?? '5173';

export const LOCAL = `http://127.0.0.1:${LOCAL_PORT}`;
export const WEB = `http://localhost:${WEB_PORT}`;
