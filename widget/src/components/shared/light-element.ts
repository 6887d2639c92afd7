import { LitElement } from "lit";

/**
 * A part of the chat, rendered into the one shadow root of `<kumpel-chat>`: labels and
 * descriptions may refer to ids across parts, which shadow roots inside it would
 * forbid, and ids stay unique on a page with two chats.
 */
export class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}

/** Registers an element once, even when a page loads the script twice. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
