/** The code of a withdrawal slip: made on the device, so that it is there without network; the server keeps only its digest. */

/** None that looks or sounds like another; the server's signs. */
const SIGNS = 'ACDEFHJKMNPRTWXY3479';
const LENGTH = 15;
const GROUP = 5;
/** The largest multiple of the 20 signs in a byte: what lies above would favour the first ones. */
const FAIR = 240;

/** A new code of 65 random bits. */
export function newSlip(): string {
  let code = '';
  while (code.length < LENGTH) {
    for (const byte of crypto.getRandomValues(new Uint8Array(2 * LENGTH))) {
      if (byte < FAIR && code.length < LENGTH) code += SIGNS[byte % SIGNS.length];
    }
  }
  return code;
}

/** A code as people read it: ACDEF-HJKMN-PRTWX. */
export const readableSlip = (code: string) => (code.match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? []).join('-');
