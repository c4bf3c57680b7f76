import { channelStories } from "./channel-stories";
import { callStories } from "./custom-calls";
import { telegram, viber } from "./custom-visit";
import { lifeCycleStories } from "./life-cycle-stories";
import { smsStories } from "./sms-stories";
import type { Story } from "./story";
import { webChat } from "./web-chat-story";

/** All that `demo` plays, in its order. */
export const stories: readonly Story[] = [
  ...smsStories,
  ...channelStories,
  webChat,
  ...[telegram, viber],
  ...callStories,
  ...lifeCycleStories,
];
