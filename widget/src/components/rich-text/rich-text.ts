import { html, type TemplateResult } from "lit";

import { type Block, type Inline, parseMarkdown } from "../../core/markdown.js";
import type { Translation } from "../../translations/translations.js";
import { outwardLink } from "../cards/sources.js";

/**
 * Shows a text with what little Markdown answers have. Each paragraph and list item
 * finds its own direction, so that an Arabic sentence after a German one runs right.
 */
export function richText(text: string, words: Translation): TemplateResult {
  return html`<div class="rich">
    ${parseMarkdown(text).map((block) => blockTemplate(block, words))}
  </div>`;
}

function blockTemplate(block: Block, words: Translation): TemplateResult {
  return block.kind === "list"
    ? html`<ul>
        ${block.items.map((item) => html`<li dir="auto">${inline(item, words)}</li>`)}
      </ul>`
    : html`<p dir="auto">${inline(block.children, words)}</p>`;
}

function inline(nodes: readonly Inline[], words: Translation): unknown[] {
  return nodes.map((node) => {
    switch (node.kind) {
      case "text":
        return node.text;
      case "isolate":
        return html`<bdi dir="ltr">${node.text}</bdi>`;
      case "break":
        return html`<br />`;
      case "strong":
        return html`<strong>${inline(node.children, words)}</strong>`;
      case "emphasis":
        return html`<em>${inline(node.children, words)}</em>`;
      case "link":
        return node.href.startsWith("http")
          ? outwardLink(node.href, inline(node.children, words), words)
          : html`<a href=${node.href} dir="auto">${inline(node.children, words)}</a>`;
    }
  });
}
