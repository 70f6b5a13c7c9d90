import type { ClientId } from "../shared/model/ids.ts";
import type { AddressBar, Alarm, Attention, Chance, Clock, Shelf } from "./ports.ts";
import { createRing } from "./ring-sound.ts";

// The browser behind the models' interfaces.

export const browserClock: Clock = {
  now: () => Date.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

export const browserChance: Chance = {
  // randomUUID exists only on secure origins; a console on a plain-HTTP host name must work too.
  clientId: () => (crypto.randomUUID?.() ?? uuidFromBytes()) as ClientId,
  fraction: () => Math.random(),
};

function uuidFromBytes(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** `session` ends with its tab. A browser that refuses it keeps things until the reload only. */
export function createBrowserShelf(kind: "local" | "session"): Shelf {
  const fallback = new Map<string, string>();
  const storage = (): Storage | null => {
    try {
      return kind === "local" ? window.localStorage : window.sessionStorage;
    } catch {
      return null;
    }
  };
  return {
    read: (key) => storage()?.getItem(key) ?? fallback.get(key) ?? null,
    write(key, value) {
      try {
        storage()?.setItem(key, value);
      } catch {
        // Full, or forbidden: kept until the reload.
        fallback.set(key, value);
      }
    },
    drop(key) {
      storage()?.removeItem(key);
      fallback.delete(key);
    },
    keys: () => [...new Set([...Object.keys(storage() ?? {}), ...fallback.keys()])],
  };
}

export const browserAddressBar: AddressBar = {
  path: () => location.pathname,
  push: (path) => history.pushState(null, "", path),
  replace: (path) => history.replaceState(null, "", path),
  onMove(listen) {
    const hear = () => listen(location.pathname);
    addEventListener("popstate", hear);
    return () => removeEventListener("popstate", hear);
  },
};

export const browserAttention: Attention = {
  isHere: () => document.visibilityState === "visible" && document.hasFocus(),
  onChange(listen) {
    const hear = () => listen(browserAttention.isHere());
    addEventListener("focus", hear);
    addEventListener("blur", hear);
    document.addEventListener("visibilitychange", hear);
    return () => {
      removeEventListener("focus", hear);
      removeEventListener("blur", hear);
      document.removeEventListener("visibilitychange", hear);
    };
  },
};

export function createBrowserAlarm(): Alarm {
  const ring = createRing();
  const ownTitle = document.title;
  return {
    ring: ring.play,
    chime: ring.chime,
    allowSound: ring.allow,
    setTitle(title) {
      document.title = title ?? ownTitle;
    },
    notificationPermission: () => ("Notification" in window ? Notification.permission : "unsupported"),
    async askNotificationPermission() {
      if ("Notification" in window) await Notification.requestPermission();
    },
    notify(title, body, tag) {
      try {
        const notification = new Notification(title, { body, tag, requireInteraction: true });
        notification.onclick = () => {
          window.focus();
          notification.close();
        };
        return () => notification.close();
      } catch {
        // Some phones know the permission but not the constructor; the ring and the card remain.
        return () => undefined;
      }
    },
  };
}
