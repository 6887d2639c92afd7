/** Which addresses become links, and what in plain text is one. */

/** A piece of plain text, or of one that is a link. */
export interface LinkedText {
  readonly text: string;
  readonly href?: string;
}

const MAX_ADDRESS_IN_CHARACTERS = 2_000;

/**
 * Returns an address that is safe in `href`, or undefined.
 *
 * @param address What somebody wrote, perhaps with bad intent.
 * @param base Address that relative ones starting with `/` belong to; without it they
 *   are refused.
 */
export function safeAddress(address: string, base?: string): string | undefined {
  const text = address.trim();
  if (text.length > MAX_ADDRESS_IN_CHARACTERS) return undefined;
  if (/^tel:\+?[\d\s()/.-]{3,30}$/i.test(text)) return phoneAddress(text.slice(4));
  if (/^mailto:[^\s@<>"'?]{1,64}@[^\s@<>"'?]{1,255}(\?[\w=&%.+-]*)?$/i.test(text)) {
    return text;
  }
  const isRelative = /^\/(?![/\\])/.test(text) && base !== undefined;
  if (!isRelative && !/^https?:\/\//i.test(text)) return undefined;
  try {
    const url = new URL(text, base);
    // `https://krefeld.de@example.org` shows one host and goes to another.
    const isHonest = !url.username && !url.password && /^https?:$/.test(url.protocol);
    return isHonest ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Web addresses, mail addresses and telephone numbers as German offices write them:
 * `02151 86-0`, `0 21 51 / 86-0`, `(02151) 86-1234`, `+49 2151 860`, `0175/1234567`,
 * and after a word such as "Notruf" the short ones. All repetitions are bounded or
 * follow each other without overlap, so that no text takes more than linear time.
 */
const SEPARATOR = "(?:[ \\u00a0]?[/\\u2013-][ \\u00a0]?|[ \\u00a0])";
const FOUND = new RegExp(
  [
    "(?<web>(?:https?://|www\\.)[^\\s<>\"'`\\u00ab\\u00bb\\u201c-\\u201e]+)",
    "(?<mail>[\\w.%+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,6})",
    `(?<phone>(?:\\+\\d{2,3}${SEPARATOR}?(?:\\(0\\)[ \\u00a0]?)?\\d{1,5}|\\(0[1-9]\\d{1,4}\\)|0(?:[1-9]\\d{1,4})?)(?:${SEPARATOR}\\d{1,8}){1,6}|0(?:1[567]\\d|800|180|2151)\\d{4,9}|\\+49\\d{6,13})`,
    "(?<word>\\b(?:Notruf|Tel(?:efon)?|(?:Behörden|Ruf|Telefon)?nummer|number|phone|call|dial|unter|wählen|rufen|anrufen)\\b\\.?(?: Sie)?(?: die)?:? )(?<short>11[0-9]|116[ \\u00a0]?11[67])",
  ].join("|"),
  "gi",
);

/** Alone between two marks, as in `**112**`. */
const SHORT_NUMBER = /^(?:11[0-9]|116[ \u00a0]?11[67])$/;
/** After "unter 115" it is an amount. */
const AMOUNT =
  /^(?:[.,:]?\d|[ \u00a0]?(?:[\u20ac%]|euro|eur\b|meter|stunde|minute|tag|jahr|person|k?m\b))/i;

/** Splits plain text into links and the rest; the pieces joined are the text. */
export function findLinks(text: string): LinkedText[] {
  const pieces: LinkedText[] = [];
  let done = 0;
  if (SHORT_NUMBER.test(text)) return [{ text, href: phoneAddress(text) }];
  const take = (start: number, end: number, href: string | undefined): void => {
    if (!href) return;
    if (start > done) pieces.push({ text: text.slice(done, start) });
    pieces.push({ text: text.slice(start, end), href });
    done = end;
  };
  for (const match of text.matchAll(FOUND)) {
    const { web, mail, phone, word, short } = match.groups ?? {};
    const start = match.index;
    const end = start + match[0].length;
    if (web) {
      const address = withoutTrailingMarks(web);
      const full = /^www/i.test(address) ? `https://${address}` : address;
      take(start, start + address.length, safeAddress(full));
    } else if (mail) {
      if (!/[\w@]/.test(text[start - 1] ?? " ")) take(start, end, `mailto:${mail}`);
    } else if (phone) {
      if (
        isPhone(
          phone,
          text.slice(Math.max(0, start - 2), start),
          text.slice(end, end + 2),
        )
      ) {
        take(start, end, phoneAddress(phone));
      }
    } else if (word && short && !AMOUNT.test(text.slice(end, end + 12))) {
      take(start + word.length, end, phoneAddress(short));
    }
  }
  if (done < text.length) pieces.push({ text: text.slice(done) });
  return pieces;
}

/** Dates, amounts, times and reference numbers look much like telephone numbers. */
function isPhone(text: string, before: string, after: string): boolean {
  // Groups of digits before it: an account number.
  if (/[\w.,/+-]$|\d[ \u00a0]$/.test(before)) return false;
  if (/^(?:[.,:/-]\d|[\w\u20ac%])/.test(after) || /^ [\u20ac%]/.test(after))
    return false;
  const count = text.replace(/\D/g, "").length;
  return count >= (/^0\D/.test(text) ? 7 : 6) && count <= 15;
}

function phoneAddress(text: string): string {
  const digits = text.replace("(0)", "").replace(/[^\d+]/g, "");
  return `tel:${digits.replace(/^00?(?=[1-9]\d{4})/, (zeros) => (zeros === "00" ? "+" : "+49"))}`;
}

/** A full stop ends the sentence, not the address; so does a bracket never opened. */
function withoutTrailingMarks(address: string): string {
  let end = address.length;
  let open = address.split("(").length - address.split(")").length;
  for (; end > 0; end--) {
    const last = address.charAt(end - 1);
    if (last === ")" && open < 0) open++;
    else if (!/[.,;:!?*\]]/.test(last)) break;
  }
  return address.slice(0, end);
}
