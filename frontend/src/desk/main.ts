import { mount } from 'svelte';
import '../styles/base.css';
import { addIcons } from '../ui/icons';
import { STAFF_ICONS } from '../ui/staff-icons';
import { openWords } from '../words/words.svelte';
import { rememberedLanguage } from './frame/language';
import Page from './Page.svelte';

addIcons(STAFF_ICONS);
await openWords('desk', import.meta.glob('../words/{staff,desk}/*.json', { import: 'default' }), rememberedLanguage());
mount(Page, { target: document.getElementById('page')! });
