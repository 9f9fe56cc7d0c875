package io.github.tugoci.transport;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A map of the entries that were used last, up to a number, so that what a client keeps doesn't
 * grow with what it does. Safe for many threads.
 */
final class RecentMap<K, V> {
  private final Map<K, V> entries;

  RecentMap(int most) {
    entries =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
          }
        };
  }

  synchronized @Nullable V get(K key) {
    return entries.get(key);
  }

  synchronized void put(K key, V value) {
    entries.put(key, value);
  }

  /** The entry's value, made if there is none; others wait, so the making must be quick. */
  synchronized V computeIfAbsent(K key, Function<K, V> making) {
    return entries.computeIfAbsent(key, making);
  }

  synchronized List<V> values() {
    return List.copyOf(entries.values());
  }

  synchronized int size() {
    return entries.size();
  }
}
