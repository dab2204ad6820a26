import { mount } from 'svelte';
import '../styles/base.css';
import '../styles/phone.css';
import { keepPage } from '../offline/keep';
import { addIcons } from '../ui/icons';
import { STAFF_ICONS } from '../ui/staff-icons';
import { followTheme } from '../ui/theme.svelte';
import { openWords } from '../words/words.svelte';
import Page from './Page.svelte';

addIcons(STAFF_ICONS);
await openWords('station', import.meta.glob('../words/{staff,phone,station}/*.json', { import: 'default' }));
void keepPage('/offline-phone.js', '/station');
followTheme();
mount(Page, { target: document.getElementById('page')! });
