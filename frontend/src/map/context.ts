/** How layers find the map that they are on. */

import { createContext } from 'svelte';
import type { Engine } from './engine';

export const [useMap, provideMap] = createContext<() => Engine>();
