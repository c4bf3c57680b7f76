/** Why a snapshot cannot be used, and what to do. */
export class SnapshotError extends Error {}
