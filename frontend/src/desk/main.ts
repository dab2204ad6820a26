import { mount } from 'svelte';
import '../styles/base.css';
import { openWords } from '../words/words.svelte';
import Page from './Page.svelte';

await openWords('desk');
mount(Page, { target: document.getElementById('page')! });
