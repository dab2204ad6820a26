import { mount } from 'svelte';
import '../styles/base.css';
import { addIcons } from '../ui/icons';
import { STAFF_ICONS } from '../ui/staff-icons';
import { openWords } from '../words/words.svelte';
import Page from './Page.svelte';

addIcons(STAFF_ICONS);
await openWords('wall', import.meta.glob('../words/{staff,wall}/*.json', { import: 'default' }));
mount(Page, { target: document.getElementById('page')! });
