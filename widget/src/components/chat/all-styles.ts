import { cardsStyles } from "../cards/cards.styles.js";
import { choicesStyles } from "../choices/choices.styles.js";
import { composerStyles } from "../composer/composer.styles.js";
import { feedbackStyles } from "../feedback/feedback.styles.js";
import { headerStyles } from "../header/header.styles.js";
import { launcherStyles } from "../launcher/launcher.styles.js";
import { menuStyles } from "../menu/menu.styles.js";
import { messageStyles } from "../message/message.styles.js";
import { noticeStyles } from "../notice/notice.styles.js";
import { richTextStyles } from "../rich-text/rich-text.styles.js";
import { baseStyles } from "../shared/base.styles.js";
import { transcriptStyles } from "../transcript/transcript.styles.js";
import { chatStyles } from "./chat.styles.js";

/** The styles of all parts, since all are rendered into one shadow root. */
export const allStyles = [
  baseStyles,
  launcherStyles,
  richTextStyles,
  choicesStyles,
  cardsStyles,
  feedbackStyles,
  messageStyles,
  transcriptStyles,
  noticeStyles,
  composerStyles,
  menuStyles,
  headerStyles,
  chatStyles,
];
