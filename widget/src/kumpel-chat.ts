import { KumpelChat } from "./components/chat/chat.js";
import { ChatComposer } from "./components/composer/composer.js";
import { AnswerFeedback } from "./components/feedback/feedback.js";
import { LiveRegion } from "./components/live-region/live-region.js";
import { ChatMenu } from "./components/menu/menu.js";
import { ChatMessage } from "./components/message/message.js";
import { define } from "./components/shared/light-element.js";
import { ChatTranscript } from "./components/transcript/transcript.js";

define("kumpel-chat-live", LiveRegion);
define("kumpel-chat-composer", ChatComposer);
define("kumpel-chat-feedback", AnswerFeedback);
define("kumpel-chat-message", ChatMessage);
define("kumpel-chat-transcript", ChatTranscript);
define("kumpel-chat-menu", ChatMenu);
define("kumpel-chat", KumpelChat);

declare global {
  interface HTMLElementTagNameMap {
    "kumpel-chat": KumpelChat;
    "kumpel-chat-live": LiveRegion;
    "kumpel-chat-composer": ChatComposer;
    "kumpel-chat-feedback": AnswerFeedback;
    "kumpel-chat-message": ChatMessage;
    "kumpel-chat-transcript": ChatTranscript;
    "kumpel-chat-menu": ChatMenu;
  }
}

export { KumpelChat };
