import { createApp } from 'vue';
import App from './App.vue';
import { configure, firstScreen } from './sign-in.ts';
import './style.css';

await configure();
createApp(App, { first: await firstScreen() }).mount('#app');
