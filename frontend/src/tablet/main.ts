import { mount } from 'svelte';
import '../styles/base.css';
import { followTheme } from '../ui/theme.svelte';
import { openWords } from '../words/words.svelte';
import { keepPage } from '../offline/keep';
import Page from './Page.svelte';
import { fetchParts } from './parts';

await openWords('tablet', import.meta.glob('../words/tablet/*.json', { import: 'default' }));
void keepPage();
followTheme();
mount(Page, { target: document.getElementById('page')! });
fetchParts();
