import { channelStories } from "./channel-stories";
import { lifeCycleStories } from "./life-cycle-stories";
import { smsStories } from "./sms-stories";
import type { Story } from "./story";
import { webChat } from "./web-chat-story";

/** All that `demo` plays, in its order. */
export const stories: readonly Story[] = [...smsStories, ...channelStories, webChat, ...lifeCycleStories];
