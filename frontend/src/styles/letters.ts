/** The files of the letters that the pages' first font does not have. */

export { default as arabic400 } from '@fontsource/noto-sans-arabic/files/noto-sans-arabic-arabic-400-normal.woff2?url';
export { default as arabic600 } from '@fontsource/noto-sans-arabic/files/noto-sans-arabic-arabic-600-normal.woff2?url';
export { default as cyrillic400 } from '@fontsource/noto-sans/files/noto-sans-cyrillic-400-normal.woff2?url';
export { default as cyrillic600 } from '@fontsource/noto-sans/files/noto-sans-cyrillic-600-normal.woff2?url';
