import { mount } from 'svelte';
import '../styles/base.css';
import { openWords } from '../words/words.svelte';
import { rememberedLanguage } from './frame/language';
import Page from './Page.svelte';

await openWords('desk', rememberedLanguage());
mount(Page, { target: document.getElementById('page')! });
