export { Conversation } from "./core/conversation.js";
