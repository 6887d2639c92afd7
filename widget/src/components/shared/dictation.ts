/** The part of the Web Speech API that works on the device (not in TypeScript yet). */
interface Recognition extends EventTarget {
  lang: string;
  processLocally: boolean;
  interimResults: boolean;
  start(): void;
  stop(): void;
}

interface RecognitionClass {
  new (): Recognition;
  available?(options: {
    langs: string[];
    processLocally: boolean;
    quality?: string;
  }): Promise<string>;
}

interface RecognitionResult extends Event {
  readonly results: ArrayLike<ArrayLike<{ readonly transcript: string }>>;
}

function recognitionClass(): RecognitionClass | undefined {
  // A page may forbid the microphone; only some browsers tell before it is asked for.
  const { featurePolicy } = document as {
    featurePolicy?: { allowsFeature(name: string): boolean };
  };
  if (featurePolicy?.allowsFeature("microphone") === false) return undefined;
  return (window as { SpeechRecognition?: RecognitionClass }).SpeechRecognition;
}

/**
 * Whether speech is recognised on the device itself, with its language pack at hand.
 * Older browsers, which know no `available`, send what is spoken to their maker.
 */
export async function canDictate(tag: string): Promise<boolean> {
  const Recognition = recognitionClass();
  if (!Recognition?.available || !("processLocally" in Recognition.prototype))
    return false;
  try {
    const langs = [localeOf(tag)];
    const options = { langs, processLocally: true };
    return (await Recognition.available(options)) === "available";
  } catch {
    return false;
  }
}

/**
 * Begins to listen, on the device only.
 *
 * @returns What ends it, or undefined where it cannot begin.
 */
export function dictate(
  tag: string,
  heard: (text: string) => void,
  ended: (isFailure: boolean) => void,
): (() => void) | undefined {
  const Recognition = recognitionClass();
  if (!Recognition) return undefined;
  const recognition = new Recognition();
  recognition.lang = localeOf(tag);
  recognition.processLocally = true;
  recognition.interimResults = false;
  let hasFailed = false;
  recognition.addEventListener("result", (event) => {
    const { results } = event as RecognitionResult;
    heard(Array.from(results, (result) => result[0]?.transcript ?? "").join(" "));
  });
  recognition.addEventListener("error", () => {
    hasFailed = true;
  });
  recognition.addEventListener("end", () => {
    ended(hasFailed);
  });
  try {
    recognition.start();
  } catch {
    return undefined;
  }
  return () => {
    recognition.stop();
  };
}

function localeOf(tag: string): string {
  return tag === "en" ? "en-GB" : "de-DE";
}
