/** Web chats of a minute that one Address takes: what agents cannot answer, and a script that starts chats, is stopped here. */
export const STARTS_A_MINUTE = 60;

/** Life of a guest's Access Token. Whoever steals one has it no longer; a page asks for the next by its session. */
export const TOKEN_SECONDS = 3_600;

/** Messages on one page of a transcript. */
export const TRANSCRIPT_PAGE = 50;
