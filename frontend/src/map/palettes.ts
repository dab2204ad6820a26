/** The colours of the basemap. It recedes: only people's marks are loud. */

const light = {
  ground: '#f4efe4', residential: '#f7f3ea', works: '#efe9dd', farm: '#efeadb', grass: '#e6e9d6', wood: '#d5dfc6', park: '#dde6cd',
  school: '#f0e6d6', pitch: '#dbe5cd', cemetery: '#e1e6d6', water: '#c3d9df', waterLine: '#a9c8d1', building: '#e7dfcf', buildingLine: '#d6cbb6',
  casing: '#d9cfbd', casingMain: '#c9bda7', road: '#fffdf8', roadMain: '#fffaf0', path: '#bfb29b', rail: '#b9ae9c',
  name: '#4f5558', nameMain: '#33404c', halo: '#fbf7ee', placeName: '#6a6253', waterName: '#38697a', locality: '#1b2530',
  /* what lies on it */
  mask: '#efe8d9', edge: '#1f3a5f', casingMark: '#fffdf8', safe: '#2166ac', unsafe: '#b35806', mixed: '#5c5470',
  safeLine: '#174a7e', unsafeLine: '#7c3d04', contestedLine: '#1b2530', fewLine: '#454f5b', stipple: 'rgba(84,74,58,.30)',
};

export type Palette = typeof light;
export type MapTheme = 'light' | 'dark' | 'projector';

export const PALETTES: Record<MapTheme, Palette> = {
  light,
  dark: {
    ground: '#161d25', residential: '#19212a', works: '#1c242d', farm: '#19222a', grass: '#1c2a26', wood: '#1a2a25', park: '#1d2e28',
    school: '#242a31', pitch: '#20322b', cemetery: '#1d2926', water: '#15323f', waterLine: '#1d4453', building: '#222c37', buildingLine: '#2c3844',
    casing: '#0f151b', casingMain: '#0c1116', road: '#33404d', roadMain: '#42505f', path: '#46535f', rail: '#3a4651',
    name: '#c2c5c4', nameMain: '#e6e2d9', halo: '#151c24', placeName: '#a7a08f', waterName: '#86b7c6', locality: '#f3eee4',
    mask: '#0c1116', edge: '#a9c4e6', casingMark: '#0c1116', safe: '#3f8fd0', unsafe: '#d4701a', mixed: '#c9bfdc',
    safeLine: '#8cc4e8', unsafeLine: '#f1a340', contestedLine: '#f3eee4', fewLine: '#c6c8c9', stipple: 'rgba(200,205,210,.30)',
  },
  // A washed-out lamp eats pale differences: streets get darker edges and names darker ink.
  projector: {
    ...light,
    ground: '#f1ebdd', residential: '#f4efe3', building: '#e0d6c2', buildingLine: '#c9bba1', casing: '#c9bda7', casingMain: '#b5a78d',
    wood: '#c9d7b6', park: '#d3dfbf', water: '#b0cfd8', name: '#363d41', nameMain: '#1f2a34', placeName: '#51493b', locality: '#0b141d',
    stipple: 'rgba(84,74,58,.38)',
  },
};
