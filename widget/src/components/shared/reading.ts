/** Finds a voice that the device speaks by itself; others send the text to a server. */
export function localVoice(tag: string): SpeechSynthesisVoice | undefined {
  if (!("speechSynthesis" in window)) return undefined;
  const voices = window.speechSynthesis
    .getVoices()
    .filter((voice) => voice.localService && voice.lang.toLowerCase().startsWith(tag));
  return voices.find((voice) => voice.default) ?? voices[0];
}

/** Calls back whenever the device's voices have changed; returns what ends it. */
export function watchVoices(changed: () => void): () => void {
  if (!("speechSynthesis" in window)) return () => undefined;
  const { speechSynthesis } = window;
  speechSynthesis.addEventListener("voiceschanged", changed);
  return () => {
    speechSynthesis.removeEventListener("voiceschanged", changed);
  };
}

/**
 * Reads a text aloud with a voice of the device.
 *
 * @param ended Called when it is read, or cannot be.
 * @param isNow Whether it ends what is being read, instead of waiting for it.
 * @returns Whether there is a voice.
 */
export function readAloud(
  text: string,
  tag: string,
  ended: () => void = () => undefined,
  isNow = false,
): boolean {
  const voice = localVoice(tag);
  if (!voice) return false;
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.voice = voice;
  utterance.lang = voice.lang;
  utterance.addEventListener("end", ended);
  utterance.addEventListener("error", ended);
  if (isNow) window.speechSynthesis.cancel();
  window.speechSynthesis.speak(utterance);
  return true;
}

/** Ends what is being read aloud. */
export function stopReading(): void {
  if ("speechSynthesis" in window) window.speechSynthesis.cancel();
}
