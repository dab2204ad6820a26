/** The wall's state stands after the # of its address, where no log sees it. */

export interface WallAddress {
  /** Which gathering is shown. */
  gathering: string | null;
  /** A sign-in that works once; it is dropped from the address as soon as it is read. */
  link: string | null;
}

export function readAddress(hash: string): WallAddress {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  return { gathering: parts.get('gathering') || null, link: parts.get('link') || null };
}

export const wallAddress = (gathering: string | null) => (gathering ? `/wall#${new URLSearchParams({ gathering })}` : '/wall');
