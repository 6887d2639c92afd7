export type KeyValueStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/**
 * Returns the tab's storage with a prefix before each key. Where the browser forbids
 * storage, which then throws on access, values live as long as the page.
 */
export function tabStorage(prefix: string): KeyValueStorage {
  const memory = new Map<string, string>();
  let storage: Storage | undefined;
  try {
    storage = window.sessionStorage;
  } catch {
    storage = undefined;
  }
  const attempt = <T>(action: (storage: Storage) => T, otherwise: () => T): T => {
    if (!storage) return otherwise();
    try {
      return action(storage);
    } catch {
      return otherwise();
    }
  };
  return {
    getItem: (key) =>
      memory.get(key) ??
      attempt(
        (store) => store.getItem(prefix + key),
        () => null,
      ),
    setItem: (key, value) => {
      attempt(
        (store) => {
          store.setItem(prefix + key, value);
        },
        () => void memory.set(key, value),
      );
    },
    removeItem: (key) => {
      memory.delete(key);
      attempt(
        (store) => {
          store.removeItem(prefix + key);
        },
        () => undefined,
      );
    },
  };
}
