import { mount } from 'svelte';
import '../styles/base.css';
import '../styles/phone.css';
import { keepPage } from '../offline/keep';
import { ATTACHMENT_ICONS } from '../ui/attachment-icons';
import { addIcons } from '../ui/icons';
import { followTheme } from '../ui/theme.svelte';
import { openWords } from '../words/words.svelte';
import { download } from './download.svelte';
import { WALK_ICONS } from './icons';
import Page from './Page.svelte';

addIcons(ATTACHMENT_ICONS);
addIcons(WALK_ICONS);
await openWords('walk', import.meta.glob('../words/{phone,photo,walk}/*.json', { import: 'default' }));
download.asked = keepPage('/offline-phone.js', '/walk');
followTheme();
mount(Page, { target: document.getElementById('page')! });
