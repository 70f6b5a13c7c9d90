/** Raised when an older screen can no longer talk to a newer server; the screen then reloads itself. */
export const PROTOCOL_VERSION = 1;

/** Where both namespaces are reached, on our own origin. */
export const SOCKET_PATH = "/socket";
