import { mount } from 'svelte';
import '../styles/base.css';
import { openWords } from '../words/words.svelte';
import { keepPage } from '../offline/keep';
import Page from './Page.svelte';

await openWords('tablet');
keepPage();
mount(Page, { target: document.getElementById('page')! });
